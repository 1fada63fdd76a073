"""Peers that hold the serials themselves: RapidFuzz, symspellpy, tantivy."""

from collections.abc import Callable
from pathlib import Path

from armstrace.analysis.matching.cards import Query
from benchmarks.matching_peers_held import Held
from benchmarks.matching_peers_reading import FETCHED
from benchmarks.matching_register import Register

Build = Callable[[Register, Path], Held]


def rapidfuzz_osa(register: Register, home: Path) -> Held:
    """Scan for serials within two edits, neighbours exchanged counting as one."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    del home
    return _rapidfuzz(register, scorer=OSA.distance, score_cutoff=2)


def rapidfuzz_jaro_winkler(register: Register, home: Path) -> Held:
    """Scan by Jaro-Winkler similarity."""
    from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415

    del home
    return _rapidfuzz(register, scorer=JaroWinkler.normalized_similarity)


def _rapidfuzz(register: Register, **how: object) -> Held:
    from rapidfuzz import process  # noqa: PLC0415

    serials = register.serials()

    def find(query: Query) -> list[int]:
        best = process.extract(query.serial, serials, limit=FETCHED, **how)
        return [place for _, _, place in best]

    return Held(find)


def symspell(distance: int) -> Build:
    """Give a peer that holds the deletions of serials, with SymSpell's own prefix."""

    def build(register: Register, home: Path) -> Held:
        from symspellpy import SymSpell, Verbosity  # noqa: PLC0415

        del home
        speller = SymSpell(max_dictionary_edit_distance=distance)
        bearers: dict[str, list[int]] = {}
        for place, serial in enumerate(register.serials()):
            bearers.setdefault(serial, []).append(place)
        for serial, places in bearers.items():
            speller.create_dictionary_entry(serial, len(places))

        def find(query: Query) -> list[int]:
            near = speller.lookup(query.serial, Verbosity.ALL, distance)
            found: list[int] = []
            for one in near:
                found += bearers[one.term]
                if len(found) >= FETCHED:
                    break
            return found[:FETCHED]

        return Held(find)

    return build


def tantivy(distance: int) -> Build:
    """Give a peer that looks for fuzzy terms in an index on disk.

    A fuzzy term scores the same at any distance, so that each distance is asked for
    and the nearest terms gather the most.
    """

    def build(register: Register, home: Path) -> Held:
        import tantivy as engine  # noqa: PLC0415

        folder = home / "tantivy"
        folder.mkdir()
        builder = engine.SchemaBuilder()
        builder.add_text_field(
            "serial", stored=False, tokenizer_name="raw", index_option="basic"
        )
        builder.add_integer_field("place", stored=True, fast=True)
        schema = builder.build()
        index = engine.Index(schema, path=str(folder))
        writer = index.writer(500_000_000, 2)
        for place, serial in enumerate(register.serials()):
            writer.add_document(engine.Document(serial=serial, place=place))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()

        def find(query: Query) -> list[int]:
            near = [
                engine.Query.fuzzy_term_query(
                    schema, "serial", query.serial, distance=edits
                )
                for edits in range(distance + 1)
            ]
            asked = engine.Query.boolean_query(
                [(engine.Occur.Should, each) for each in near]
            )
            hits = searcher.search(asked, FETCHED).hits
            return [searcher.doc(address)["place"][0] for _, address in hits]

        size = sum(path.stat().st_size for path in folder.iterdir())
        return Held(find, size)

    return build
