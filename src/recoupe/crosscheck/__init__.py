"""Which claims are of one event, and who says otherwise? Pure: claims in, events out; candidate pairs come from the casebook."""

from recoupe.crosscheck.account import Account
from recoupe.crosscheck.blocking import candidates, keys
from recoupe.crosscheck.check import Checked, check
from recoupe.crosscheck.explain import explain
from recoupe.crosscheck.increment import likely, touched
from recoupe.crosscheck.link import score
from recoupe.crosscheck.readings import accounts
from recoupe.crosscheck.texts import Signature, copies, signature
from recoupe.crosscheck.weights import Weights, load_weights

__all__ = [
    "Account",
    "Checked",
    "Signature",
    "Weights",
    "accounts",
    "candidates",
    "check",
    "copies",
    "explain",
    "keys",
    "likely",
    "load_weights",
    "score",
    "signature",
    "touched",
]
