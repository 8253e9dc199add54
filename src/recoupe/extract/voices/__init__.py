"""Who says it? Sources, cues and contents of a document, and which stands inside which."""

from recoupe.extract.voices.find import find_voices as find_voices
