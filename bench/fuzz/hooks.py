"""What schemathesis is told of this server beside its document, and what is counted of its run."""

import atexit
import itertools
import json
import os
from collections import Counter
from threading import Lock
from urllib.parse import unquote_to_bytes

import jsonschema_rs
import requests
import schemathesis

EVENTS = "text/event-stream"
LINES = "application/x-ndjson"

with open(os.environ["GRAPHMEM_TEST_FUZZ_FEED"]) as file:
    feed = json.load(file)

answers = Counter()
counting = Lock()


@atexit.register
def write_answers():
    """How often each operation was answered with which status."""
    with open(os.environ["GRAPHMEM_TEST_FUZZ_ANSWERS"], "w") as file:
        json.dump([{"operation": operation, "status": status, "count": count} for (operation, status), count in answers.items()], file)


@schemathesis.serializer(LINES)
def to_lines(_, value):
    """What is no list is one line."""
    lines = value if isinstance(value, list) else [value]
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines).encode()


@schemathesis.deserializer(LINES)
def from_lines(_, response):
    return [json.loads(line) for line in response.content.decode().split("\n") if line != ""]


@schemathesis.hook
def filter_case(_, case):
    """Leaves out what fits the document, and is refused for what JSON Schema has no words for."""
    if not case.meta.generation.mode.is_positive:
        return True
    ids = (case.path_parameters.get("memoryId"), case.headers.get("memory-id"))
    return all(is_memory_id(each) for each in ids if each is not None) and not contradicts_itself(case.body)


def is_memory_id(encoded):
    """Whether it is UTF-8 of at most 256 bytes, without control characters, once the percent signs are gone."""
    try:
        decoded = unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return False
    return 0 < len(decoded.encode()) <= 256 and not any(ord(each) < 32 or 127 <= ord(each) < 160 for each in decoded)


def contradicts_itself(body):
    """Whether one episode is to stand for two contents: one of the same id, or without ids of the same text, time and source."""
    if isinstance(body, dict):
        body = [*body.get("documents", []), *body.get("turns", [])]
    told = {}
    return any(told.setdefault(key_of(each), each) != each for each in body if isinstance(each, dict)) if isinstance(body, list) else False


def key_of(episode):
    beside = ("tags", "metadata", "importance")
    return episode.get("id") or json.dumps({name: value for name, value in episode.items() if name not in beside}, sort_keys=True)


imports = itertools.count()


@schemathesis.hook.apply_to(method="POST", path="/v1/import")
def map_case(_, case):
    """Lines that are drawn have no checksum that is theirs: what ought to be taken is a real export, if need be into a new memory."""
    if case.meta.generation.mode.is_positive:
        case.body = feed["export"]
        if (number := next(imports)) % 2 == 0:
            case.headers["memory-id"] = f"import{number}"
    return case


@schemathesis.hook("map_case").apply_to(method="DELETE", path="/v1/memories/{memoryId}/episodes/{episodeId}")
def forget_what_is_there(_, case):
    if case.meta.generation.mode.is_positive and case.path_parameters["memoryId"] in feed["memories"]:
        case.path_parameters["episodeId"] = feed["memories"][case.path_parameters["memoryId"]]["episodeId"]
    return case


calls = itertools.count()


@schemathesis.hook
def before_call(_, case, __):
    call = next(calls)
    if events_of(case) is not None and call % 2 == 0:
        case.headers["Accept"] = EVENTS
    # A key that was used for something else stands in the way of everything behind it.
    if case.meta.generation.mode.is_positive and "idempotency-key" in case.headers and call % 4 != 0:
        case.headers["idempotency-key"] = f"{case.headers['idempotency-key'][:200]}{call}"
    # Mostly it is a visitor who goes: with a user all jobs are gone that somebody could ask for.
    if case.operation.label == "DELETE /v1/me" and case.headers.get("Authorization") in feed["users"] and call % 8 != 0:
        case.headers["Authorization"] = feed["visitor"]


@schemathesis.hook
def after_call(_, case, response):
    with counting:
        answers[case.operation.label, response.status_code] += 1
    # Else there would be nothing to be read for the rest of the run.
    if case.operation.label.startswith("DELETE /v1/me") and response.request.method == "DELETE" and response.status_code == 200:
        for memory_id, memory in feed["memories"].items():
            headers = {"Authorization": response.request.headers["Authorization"], "memory-id": memory_id}
            requests.post(f"{case.operation.base_url}v1/ingest", headers=headers, json=memory["body"], timeout=60).raise_for_status()


def events_of(case):
    """What the document says of the events that an operation answers with, if any."""
    return case.operation.definition.raw["responses"].get("200", {}).get("content", {}).get(EVENTS)


@schemathesis.check
def event_data_conformance(_, response, case):
    """The data of each event are JSON, of the schema that the document names for it."""
    if response.headers.get("content-type") != [EVENTS]:
        return True
    document = case.operation.schema.raw_schema
    kinds = {kind["properties"]["event"]["const"]: kind["properties"]["data"]["contentSchema"] for kind in events_of(case)["schema"]["oneOf"]}
    for event in response.content.decode().removesuffix("\n\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in event.split("\n"))
        schema = {**kinds[fields["event"]], "components": document["components"]}
        error = next(jsonschema_rs.validator_for(schema).iter_errors(json.loads(fields["data"])), None)
        assert error is None, f"The event {fields['event']} does not fit its schema: {error}"
    return None
