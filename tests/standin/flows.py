"""The graph of the review round on viewflow's own nodes: the yardstick for ours, too slow and too loose to be used."""

from viewflow import this
from viewflow.workflow import flow

from workflow.nodes import AggregateLock


class PlainReviewFlow(flow.Flow):
    """Two lines and a deadline, without any body of ours."""

    lock_impl = AggregateLock()

    begin = flow.StartHandle(this.opened).Next(this.invite)
    invite = flow.Split().Next(this.opinion).Next(this.opinion).Next(this.deadline)
    opinion = flow.Handle().Next(this.gather)
    deadline = flow.Handle().Next(this.gather)
    gather = flow.Join(this.may_close).Next(this.close)
    close = flow.End()

    def opened(self, activation, round_):
        activation.process.artifact = round_
        return activation.process

    def may_close(self, activation, active):
        waiting_for_the_date = any(task.flow_task.name == "deadline" for task in active)
        return not waiting_for_the_date or activation.process.artifact.is_complete()
