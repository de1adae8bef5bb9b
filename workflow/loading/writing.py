"""Brings a document into the database: all of it or nothing, every change of a subject through the door."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, models, transaction

from workflow import engine
from workflow.journal import Code
from workflow.loading.differences import differences, facts
from workflow.loading.document import CycleDocument, describe, read, refusals, sections
from workflow.loading.errors import CycleError, CycleErrors
from workflow.loading.removing import hanging, may_go, within
from workflow.loading.section import Row, Section, row_of
from workflow.models import CityContract, Cycle, CycleVersion, Grant
from workflow.publishing import VersionState
from workflow.refusal import Refused
from workflow.roles import SYSTEM, Role
from workflow.subject import Subject
from workflow.succession import carry

CLASH = (
    "ce fichier contredit ce qui est déjà enregistré (une organisation ou un code déjà pris), ou un autre "
    "chargement a lieu en même temps ; rien n’a été écrit."
)


@dataclass
class Loaded:
    """What became of a file: labels of what is new or amended, and the version written or published, if any."""

    cycle: Cycle | None = None
    added: list[str] = field(default_factory=list)
    amended: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    version: CycleVersion | None = None
    published: bool = False

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.amended or self.removed or self.version)


def load(path: Path | str, *, at: datetime, by=SYSTEM, publish: bool = True) -> Cycle:
    """Read, write and publish one cycle's file. Raises `CycleErrors` with every reason, nothing being written."""
    return bring_in(path, at=at, by=by, publish=publish).cycle


def bring_in(path: Path | str, *, at: datetime, by=SYSTEM, publish: bool = True) -> Loaded:
    """`load`, telling what changed; the same file twice changes nothing."""
    return keep(read(path), at=at, by=by, publish=publish)


def keep(
    document: CycleDocument, *, at: datetime, by, publish: bool = False, follows: Cycle | None = None
) -> Loaded:
    """Write a document, whoever made it. Raises `CycleErrors` with every reason, nothing being written.

    `follows` is the cycle after which a new one comes: its coordinator may open the next, and coordinates it.
    """
    against = {document.error(one.place, one.sentence) for one in refusals(document)} if publish else ()
    if against:
        raise CycleErrors(against)
    try:
        with transaction.atomic():
            return _Writing(document, at, by, follows).write(publish)
    except IntegrityError:
        raise CycleErrors([document.error("", CLASH)]) from None


class _Writing:
    def __init__(self, document: CycleDocument, at: datetime, by, follows: Cycle | None):
        self.document, self.at, self.by, self.follows = document, at, by, follows
        self.errors: list[CycleError] = []
        self.known: dict[str, dict] = {}
        self.rows: dict[str, dict] = {}
        self.loaded = Loaded()

    def write(self, publish: bool) -> Loaded:
        cycle = self._cycle(self._contract())
        owners = {"contract": cycle.contract, "cycle": cycle}
        was = describe(cycle, None)
        for section in sections():
            if section.owner in owners and not section.single:
                self._sync(section, owners[section.owner], self.document[section.name], section.name)
        self._raise_any()
        self._tell(cycle, self.rows | facts(differences(was, self.document, owners)))
        version = self._version(cycle)
        if publish and version.state == VersionState.DRAFT:
            self._publish(version)
        self._raise_any()
        self.loaded.cycle = Cycle.objects.select_related("contract", "current").get(pk=cycle.pk)
        return self.loaded

    # The contract and the cycle themselves

    def _contract(self) -> CityContract:
        row = self.document["contrat"]
        contract, new = CityContract.objects.get_or_create(code=row["code"], defaults={"name": row["name"]})
        if not new and contract.name != row["name"]:
            self.rows["contrat"] = {contract.code: {"nom": [contract.name, row["name"]]}}
            contract.name = row["name"]
            contract.save(update_fields=["name"])
            self.loaded.amended.append(contract.name)
        return contract

    def _cycle(self, contract: CityContract) -> Cycle:
        row = self.document["cycle"]
        existing = Cycle.objects.select_for_update(no_key=True).filter(code=row["code"]).first()
        if existing is None:
            return self._begun(Cycle(contract=contract, **row))
        if existing.contract_id != contract.pk:
            self._say("contrat/code", "un cycle ne change pas de contrat : donnez un autre code au cycle.")
        section = next(one for one in sections() if one.name == "cycle")
        self._amend(section, existing, row, "cycle")
        return existing

    def _begun(self, cycle: Cycle) -> Cycle:
        """A new cycle; whoever prepares it after another coordinates it from its first minute."""
        cycle.follows = self.follows and self.follows.pk
        said = {"follows": Code(self.follows.code)} if self.follows else None
        self._through_door(lambda: engine.open_many([cycle], by=self.by, at=self.at, facts=said), "cycle")
        self._raise_any()
        if self.follows:
            own = Grant.objects.filter(user=self.by, role=Role.COORDINATOR)
            carry(own, self.follows, cycle, by=SYSTEM, at=self.at)  # because nobody holds anything there yet
        self.loaded.added.append(cycle.name)
        return cycle

    def _tell(self, cycle: Cycle, rows: dict) -> None:
        """What has no journal of its own is told in the cycle's; a new cycle's first entry says enough."""
        if rows and cycle.name not in self.loaded.added:
            self._through_door(lambda: engine.amend(cycle, {"rows": rows}, by=self.by, at=self.at), "cycle")
            self._raise_any()

    # Rows that live in the cycle or in its contract: added, amended, hardly ever removed

    def _sync(self, section: Section, owner, rows: dict[str, Row], place: str) -> None:
        there = section.model._default_manager.filter(**{section.owner: owner}).order_by("pk")
        existing = {getattr(one, section.identity): one for one in there}
        known = self.known[section.name] = dict(existing)
        for code in section.in_order(existing, rows):
            self._amend(section, existing[code], rows[code], f"{place}/{code}")
        for wave in section.waves({code: row for code, row in rows.items() if code not in existing}):
            fresh = {code: self._built(section, owner, row) for code, row in wave.items()}
            self._add(section, fresh, place)
            known |= fresh
            if section.inner:
                self._raise_any()  # because the next ones name rows that must be there
        for code in [code for code in reversed(existing) if code not in rows]:
            self._remove(section, code, existing[code], place)
        for field_ in section.nested:
            for code, row in rows.items():
                self._sync(field_.rows, known[code], row[field_.attr], f"{place}/{code}/{field_.key}")

    def _built(self, section: Section, owner, row: Row) -> models.Model:
        values = self._values(section, row)
        relations = {field_.relation for field_ in section.bound if field_.relation}
        plain = {attr: value for attr, value in values.items() if "." not in attr}
        for relation in relations:
            plain[relation] = self._settled(section, owner, _part(values, relation))
        return section.model(**{section.owner: owner}, **plain)

    def _settled(self, section: Section, owner, values: Row):
        """The related row, called as this document says unless others know it by another name."""
        related, new = section.settle(values)
        if not new and (self.by is SYSTEM or not section.shared(related, owner)):
            self._save(related, values)
        return related

    def _values(self, section: Section, row: Row) -> Row:
        return {one.attr: one.kind.store(row[one.attr], self.known) for one in section.bound}

    def _add(self, section: Section, fresh: dict[str, models.Model], place: str) -> None:
        self.loaded.added += [str(one) for one in fresh.values()]
        if issubclass(section.model, Subject):
            self._through_door(lambda: engine.open_many(list(fresh.values()), by=self.by, at=self.at), place)
        else:
            section.model._default_manager.bulk_create(fresh.values())

    def _amend(self, section: Section, existing, row: Row, place: str) -> None:
        values, was = self._values(section, row), row_of(section, existing)
        changed = {attr: value for attr, value in values.items() if was[attr] != row[attr]}
        if not changed:
            return
        self.loaded.amended.append(str(existing))
        for relation in {attr.rpartition(".")[0] for attr in changed if "." in attr}:
            related = getattr(existing, relation)
            if self.by is not SYSTEM and section.shared(related, getattr(existing, section.owner)):
                self._say(place, f"« {related} » est connu ailleurs sous ce nom : il ne se change pas ici.")
            else:
                self._save(related, _part(changed, relation))
        own = {attr: value for attr, value in changed.items() if "." not in attr}
        if isinstance(existing, Subject):
            self._amend_subject(section, existing, own, place)
        else:
            self._save(existing, own)

    def _amend_subject(self, section: Section, existing: Subject, changed: Row, place: str) -> None:
        for attr in [attr for attr in changed if attr not in existing.edits]:
            key = section.key_of(attr)
            self._say(f"{place}/{key}", f"« {key} » ne change plus une fois le cycle chargé.")
            del changed[attr]
        self._through_door(lambda: engine.amend(existing, changed, by=self.by, at=self.at), place)

    def _save(self, row: models.Model, values: Row) -> None:
        for attr, value in values.items():
            setattr(row, attr, value)
        if values:
            row.save(update_fields=list(values))

    def _remove(self, section: Section, code: str, existing, place: str) -> None:
        """A row that nothing hangs on may go, and what stands inside it first; what hangs on any other is named."""
        if not may_go(section):
            self._say(place, f"« {code} » existe déjà dans ce cycle et ne peut pas en disparaître.")
        elif found := hanging(section, existing):
            self._say(place, f"« {existing} » sert encore, et reste : {', '.join(found)}.")
        else:
            self.loaded.removed.append(str(existing))
            for field_ in section.nested:
                for inside in reversed(within(field_.rows, existing)):
                    self._delete(inside, place)
            self._delete(existing, place)

    def _delete(self, row: models.Model, place: str) -> None:
        if isinstance(row, Subject):
            self._through_door(lambda: engine.remove(row, by=self.by, at=self.at), place)
        else:
            row.delete()

    # The rules

    def _version(self, cycle: Cycle) -> CycleVersion:
        newest = cycle.versions.order_by("number").last()
        was = describe(cycle, newest) if newest else CycleDocument({})
        if newest and was.rules() == self.document.rules():
            return newest
        rows = facts(differences(was, self.document, ["version"])) if newest else {}
        if newest and newest.state == VersionState.DRAFT:
            self._empty(newest, rows)
        else:
            newest = self._next_version(cycle, newest.number + 1 if newest else 1, rows)
        for section in [one for one in sections() if one.owner == "version" and not one.single]:
            built = {
                code: self._built(section, newest, row) for code, row in self.document[section.name].items()
            }
            section.model._default_manager.bulk_create(built.values())
            self.known[section.name] = built
        self.loaded.version = newest
        return newest

    def _next_version(self, cycle: Cycle, number: int, rows: dict) -> CycleVersion:
        version = CycleVersion(cycle=cycle, number=number, **self.document["règles"])
        said = {"rows": rows} if rows else None
        self._through_door(lambda: engine.open_many([version], by=self.by, at=self.at, facts=said), "règles")
        self._raise_any()
        return version

    def _empty(self, draft: CycleVersion, rows: dict) -> None:
        """A draft is written anew; its policies are fields of a subject, and what its rows become is told with them."""
        changes = self.document["règles"] | ({"rows": rows} if rows else {})
        self._through_door(lambda: engine.amend(draft, changes, by=self.by, at=self.at), "règles")
        self._raise_any()
        for section in [one for one in sections() if one.owner == "version" and not one.single]:
            section.model._default_manager.filter(version=draft).delete()

    def _publish(self, version: CycleVersion) -> None:
        self._through_door(lambda: engine.fire(version, "publish", by=self.by, at=self.at), "")
        self.loaded.version, self.loaded.published = version, True

    # What goes wrong

    def _through_door(self, act, place: str) -> None:
        try:
            act()
        except Refused as refused:
            for one in refused.refusals:
                self._say(one.place if "/" in one.place else place, one.sentence)

    def _say(self, place: str, sentence: str) -> None:
        self.errors.append(self.document.error(place, sentence))

    def _raise_any(self) -> None:
        if self.errors:
            raise CycleErrors(self.errors)


def _part(values: Iterable | Row, relation: str) -> Row:
    """The values of one relation, under the related model's own names."""
    prefix = f"{relation}."
    return {attr.removeprefix(prefix): value for attr, value in values.items() if attr.startswith(prefix)}
