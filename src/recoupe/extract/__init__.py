"""One question a file: a parsed document in, the answers with their spans out."""
