"""Draws the machines and the review's flow as SVG, from the very code that runs: no picture can say something else."""

from workflow.drawing.machine import machine
from workflow.drawing.review import review

__all__ = ["machine", "review"]
