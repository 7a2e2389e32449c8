#!/usr/bin/env python3
"""The JSON Schema of feeds says what the program does.

usage: feed_schema.py REPRINT (tests/tools/reprint.c). Exit status 77: python3-jsonschema is missing.
The example and what the program prints of every seed of the fuzzer pass the schema; a table of
mistakes is refused by both; the schema's limits are those of src/ingest/feed.h, and its members are
in the man page.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("SKIP: python3-jsonschema is missing")
    sys.exit(77)

TOP = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = json.loads((TOP / "assets/feed.schema.json").read_text(encoding="utf-8"))
EXAMPLE = (TOP / "assets/example-bundle/feed.json").read_bytes()
HASH = "ab5df625bc76dbd4e163bed2dd888df828f90159bb93556525c31821b6541d46"
MEDIUM = {"url": f"media/{HASH}.jpg", "mime_type": "image/jpeg", "title": "夜里的灯",
          "size_in_bytes": 412345, "_fengcai": {"sha256": HASH}}


def validator(part):
    return Draft202012Validator({**SCHEMA, "oneOf": [{"$ref": f"#/$defs/{part}"}]})


HEAD, PAGE, ANY = validator("head"), validator("page"), Draft202012Validator(SCHEMA)


def reprint(text, page=False):
    """What is printed, and whether all of it was taken."""
    run = subprocess.run([sys.argv[1]] + ["--page"] * page, input=text, capture_output=True, check=False)
    assert run.returncode in (0, 1), (text, run)
    return run.stdout, run.returncode == 0, run.stderr.decode()


def check_example():
    printed, whole, said = reprint(EXAMPLE)
    assert whole, said
    assert HEAD.is_valid(json.loads(EXAMPLE)), list(HEAD.iter_errors(json.loads(EXAMPLE)))
    assert [i["id"] for i in json.loads(printed)["items"]] == [i["id"] for i in json.loads(EXAMPLE)["items"]]


def check_printed():
    """Every seed of ours, as the program prints it."""
    count = 0
    for seed in sorted((TOP / "tests/fuzz/seeds/feed").iterdir()):
        text, page = seed.read_bytes()[1:], seed.read_bytes()[:1] == b"p"
        printed = reprint(text, page)[0]
        if not printed or "_fengcai" not in json.loads(printed):
            continue
        for schema in (PAGE if page else HEAD, ANY):
            errors = list(schema.iter_errors(json.loads(printed)))
            assert not errors, (seed, errors)
        count += 1
    assert count >= 5, count


# Each a place in the example, and what is put there (or taken away: GONE).
GONE = object()
MISTAKES = [
    ("version", GONE), ("version", "https://jsonfeed.org/version/2"), ("title", 5), ("items", GONE),
    ("items", {}), ("_fengcai", []), ("_fengcai.format", GONE), ("_fengcai.format", 2), ("_fengcai.format", "1"),
    ("_fengcai.feed", GONE), ("_fengcai.feed", "5F2C1B0E-8D1F-4B58-9A51-0C7C2A8E7F10"),
    ("_fengcai.serial", GONE), ("_fengcai.serial", 0), ("_fengcai.serial", 2**53), ("_fengcai.serial", "3"),
    ("_fengcai.serial", 1.5), ("_fengcai.published", "gestern"), ("_fengcai.expires", 7), ("_fengcai.expires", ""),
    ("_fengcai.pages", {}), ("_fengcai.pages", [1]), ("_fengcai.pages", [{"sha256": HASH}]),
    ("_fengcai.pages", [{"sha256": HASH.upper(), "size": 1}]), ("_fengcai.pages", [{"sha256": HASH, "size": 2**25}]),
    ("items.0", 7), ("items.0.id", GONE), ("items.0.id", 7), ("items.0.id", ""), ("items.0.id", "a\nb"),
    ("items.0.id", "x" * 513), ("items.0.title", GONE), ("items.0.title", ""), ("items.0.title", "x" * 401),
    ("items.0.summary", []), ("items.0.summary", "x" * 4097), ("items.0.content_text", 5),
    ("items.0.url", "ftp://example.edu.cn/"), ("items.0.url", "/cases"), ("items.0.date_published", "8.10.26"),
    ("items.0._fengcai", GONE), ("items.0._fengcai.kind", "poster"), ("items.0._fengcai.unit", "党建"),
    ("items.2._fengcai.level", "紧急"), ("items.2._fengcai.level", 2), ("items.2.title", GONE),
    ("items.0._fengcai.school", GONE), ("items.0._fengcai.school", ""), ("items.0._fengcai.school", "x" * 201),
    ("items.0._fengcai.phase", "集中"), ("items.0._fengcai.valid_from", 0), ("items.0._fengcai.valid_until", "2026"),
    ("items.0._fengcai.weight", 0), ("items.0._fengcai.weight", 101), ("items.0._fengcai.removed", "true"),
    ("items.0.attachments", {}), ("items.0.attachments", [MEDIUM] * 201),
    ("items.0.attachments.0.url", GONE), ("items.0.attachments.0.url", "media/a.jpg"),
    ("items.0.attachments.0.url", "http://example.edu.cn/a.jpg"), ("items.0.attachments.0.url", "../a.jpg"),
    ("items.0.attachments.0.mime_type", GONE), ("items.0.attachments.0.mime_type", "application/pdf"),
    ("items.0.attachments.0.size_in_bytes", GONE), ("items.0.attachments.0.size_in_bytes", 0),
    ("items.0.attachments.0.size_in_bytes", 2**29 + 1), ("items.0.attachments.0._fengcai", GONE),
    ("items.0.attachments.0.duration_in_seconds", -0.5), ("items.0.attachments.0.duration_in_seconds", "61"),
    ("items.0.attachments.0.duration_in_seconds", 86401),
    ("items.0.attachments.0._fengcai.sha256", GONE), ("items.0.attachments.0._fengcai.sha256", HASH[1:]),
    ("items.0.attachments.0._fengcai.role", "poster"), ("items.0.attachments.0._fengcai.whole", 1),
    ("items.1._fengcai.removed", 1), ("items.1.id", GONE),
]
# Neither takes offence at these.
VARIANTS = [
    ("version", "https://jsonfeed.org/version/1"), ("_fengcai.expires", GONE), ("_fengcai.pages", GONE),
    ("_fengcai.state", []), ("items", []), ("items.0.url", GONE), ("items.0.summary", GONE),
    ("items.0.content_text", GONE), ("items.0._fengcai.unit", GONE), ("items.0._fengcai.phase", GONE),
    ("items.0._fengcai.kind", GONE), ("items.0._fengcai.kind", "notice"), ("items.0._fengcai.level", "normal"),
    ("items.0._fengcai.level", "紧急"), ("items.2._fengcai.level", "urgent"), ("items.2._fengcai.level", GONE),
    ("items.2._fengcai.unit", "dorm"),
    ("items.0.attachments.0.title", GONE), ("items.0.attachments.0.url", "https://example.edu.cn/a.jpg"),
    ("items.0.attachments.0._fengcai.role", "code"), ("items.0.attachments.0._fengcai.whole", True),
    ("items.0.attachments.0.mime_type", "video/mp4"), ("items.0.attachments.0.duration_in_seconds", 61.2),
    ("items.1.title", GONE), ("items.1._fengcai.school", GONE),
]


def changed(place, value):
    feed = json.loads(EXAMPLE)
    feed["items"][0]["attachments"] = [copy.deepcopy(MEDIUM)]
    keys = [int(key) if key.isdigit() else key for key in place.split(".")]
    at = feed
    for key in keys[:-1]:
        at = at[key]
    if value is GONE:
        del at[keys[-1]]
    else:
        at[keys[-1]] = value
    return feed


def check_verdicts():
    for table, wanted in ((MISTAKES, False), (VARIANTS, True)):
        for place, value in table:
            feed = changed(place, value)
            taken = reprint(json.dumps(feed).encode())[1]
            what = f"{place} = {'(gone)' if value is GONE else repr(value)[:60]}"
            assert taken == wanted, f"{what}: the program"
            assert HEAD.is_valid(feed) == wanted, f"{what}: the schema"


def check_pages():
    head = json.loads(EXAMPLE)
    page = changed("_fengcai", {"format": 1, "feed": head["_fengcai"]["feed"]})
    assert PAGE.is_valid(page) and ANY.is_valid(page) and not HEAD.is_valid(page)
    assert ANY.is_valid(head) and not PAGE.is_valid(head)
    assert reprint(json.dumps(page).encode(), True)[1]
    assert not reprint(json.dumps(head).encode(), True)[1]


def header_limits():
    text = (TOP / "src/ingest/feed.h").read_text(encoding="utf-8")
    limits = {}
    for name, value, shift in re.findall(r"#define FEED_(\w+)\s+\(?(\d+)u?(?: << (\d+)\))?", text):
        limits[name] = int(value) << int(shift or 0)
    return limits


def check_limits():
    defs, limits = SCHEMA["$defs"], header_limits()
    pages = defs["head"]["properties"]["_fengcai"]["properties"]["pages"]
    item, statement, medium = (defs[name]["properties"] for name in ("item", "statement", "medium"))
    for name, value in {
        "PAGES": pages["maxItems"],
        "PAGE_BYTES": pages["items"]["properties"]["size"]["maximum"],
        "PAGE_ITEMS": defs["document"]["properties"]["items"]["maxItems"],
        "ID_BYTES": item["id"]["maxLength"],
        "TITLE_BYTES": item["title"]["maxLength"],
        "SCHOOL_BYTES": item["_fengcai"]["properties"]["school"]["maxLength"],
        "SUMMARY_BYTES": statement["summary"]["maxLength"],
        "BODY_BYTES": statement["content_text"]["maxLength"],
        "HTML_BYTES": statement["content_html"]["maxLength"],
        "URL_BYTES": statement["url"]["maxLength"],
        "WEIGHT": statement["_fengcai"]["properties"]["weight"]["maximum"],
        "ITEM_MEDIA": statement["attachments"]["maxItems"],
        "CAPTION_BYTES": medium["title"]["maxLength"],
        "MEDIA_BYTES": medium["size_in_bytes"]["maximum"],
        "MEDIA_SECONDS": medium["duration_in_seconds"]["maximum"],
    }.items():
        assert limits[name] == value, (name, limits[name], value)


def members(part):
    """The names of all members that a schema knows."""
    if isinstance(part, list):
        return set().union(*map(members, part))
    if not isinstance(part, dict):
        return set()
    return set(part.get("properties", {})) | set().union(*map(members, part.values()))


def check_manual():
    page = (TOP / "packaging/man/fengcai-bundle.5.scd.in").read_text(encoding="utf-8")
    for name in members(SCHEMA):
        assert name.replace("_", "\\_") in page, f"fengcai-bundle(5) lacks {name}"


Draft202012Validator.check_schema(SCHEMA)
for check in (check_example, check_printed, check_verdicts, check_pages, check_limits, check_manual):
    check()
    print(check.__name__)
