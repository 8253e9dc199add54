"""Which claims are of one event, and who says otherwise? Pure: claims in, events out; candidate pairs come from the casebook."""

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.check import Checked, all_reports, check, components, decisions, links_between, settle
from recoupe.crosscheck.cluster import Candidate
from recoupe.crosscheck.explain import explain
from recoupe.crosscheck.link import score
from recoupe.crosscheck.readings import accounts
from recoupe.crosscheck.reports import Report
from recoupe.crosscheck.texts import Signature, copies, signature
from recoupe.crosscheck.told import Told, pack, reports_of, tell, telling, unpack
from recoupe.crosscheck.weights import Weights, load_weights

__all__ = [
    "Account",
    "Candidate",
    "Checked",
    "Report",
    "Signature",
    "Told",
    "Weights",
    "accounts",
    "all_reports",
    "check",
    "components",
    "copies",
    "decisions",
    "explain",
    "links_between",
    "load_weights",
    "pack",
    "reports_of",
    "score",
    "settle",
    "signature",
    "tell",
    "telling",
    "unpack",
]
