"""Which claims are of one event, and who says otherwise? Pure: claims in, events out; candidate pairs come from the casebook."""

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.bound import possible
from recoupe.crosscheck.check import LIKELY, Checked, all_reports, check, components, decisions, link_between, settle
from recoupe.crosscheck.cluster import Candidate, Decision
from recoupe.crosscheck.exact import scores
from recoupe.crosscheck.explain import explain
from recoupe.crosscheck.link import score
from recoupe.crosscheck.readings import accounts
from recoupe.crosscheck.reports import Report
from recoupe.crosscheck.sketch import Sketches, load_sketches, sketch_count
from recoupe.crosscheck.speakers import UNNAMED
from recoupe.crosscheck.texts import Signature, copies, signature
from recoupe.crosscheck.told import Head, Packed, Told, pack, read_head, read_report, read_signature, sketched, tell, telling
from recoupe.crosscheck.weights import Weights, load_weights

__all__ = [
    "LIKELY",
    "UNNAMED",
    "Account",
    "Candidate",
    "Checked",
    "Decision",
    "Head",
    "Packed",
    "Report",
    "Signature",
    "Sketches",
    "Told",
    "Weights",
    "accounts",
    "all_reports",
    "check",
    "components",
    "copies",
    "decisions",
    "explain",
    "link_between",
    "load_sketches",
    "load_weights",
    "pack",
    "possible",
    "read_head",
    "read_report",
    "read_signature",
    "score",
    "scores",
    "settle",
    "signature",
    "sketch_count",
    "sketched",
    "tell",
    "telling",
]
