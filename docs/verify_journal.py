#!/usr/bin/env python3
"""Checks a public journal with Python alone: verify_journal.py FILE [BOOK:SEQ:HASH]...
Prints the head of each book; exit 1 at the first thing that is false."""
import collections, hashlib, json, sys

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()

def demand(holds, *what):
    if not holds:
        sys.exit(" ".join(map(str, ("FALSE:", *what))))

def committed(c):
    if "salt" in c or "value" in c:
        demand(sha(bytes.fromhex(c["salt"]), c["value"].encode()) == c["commitment"], "commitment", c)
    return c["commitment"]

def side(s):
    return {k: committed(v) if k in ("account", "organisation") else v for k, v in s.items()}

with open(sys.argv[1], encoding="utf-8") as file:
    journal = json.load(file)
heads = set()
for book in journal["books"]:
    balances, totals = collections.Counter(), collections.Counter()
    previous = sha(b"popote:", journal["pot"].encode(), book["book"].encode())
    heads.add(f'{book["book"]}:0:{previous}')
    for number, p in enumerate(book["postings"], 1):
        link = {k: p[k] for k in ("seq", "kind", "effective_on", "recorded_at", "previous")} | {
            "pot": journal["pot"], "book": book["book"], "currency": journal["currency"]["code"],
            "exponent": str(journal["currency"]["exponent"]), "actor": committed(p["actor"]),
            "transfers": [{"amount": t["amount"], "from": side(t["from"]), "to": side(t["to"])} for t in p["transfers"]]}
        if "reason" in p:
            link["reason"] = committed(p["reason"])
        text = json.dumps(link, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        demand(p["seq"] == str(number) and p["previous"] == previous and sha(text.encode()) == p["hash"], book["book"], p["seq"])
        previous = p["hash"]
        heads.add(f'{book["book"]}:{number}:{previous}')
        for t in p["transfers"]:
            demand(int(t["amount"]) > 0, "amount", t["amount"])
            totals[p["kind"]] += int(t["amount"])
            for s, amount in ((t["from"], -int(t["amount"])), (t["to"], int(t["amount"]))):
                balances["kind", s["kind"]] += amount
                balances["account", s["account"].get("value")] += amount
    demand(book["head"] == {"seq": str(len(book["postings"])), "hash": previous}, "head", book["book"])
    demand({t["kind"]: int(t["amount"]) for t in book["totals"]} == totals, "totals", book["book"])
    for listed in book["kinds"] + book["balances"]:
        key = next((k, v) for k, v in listed.items() if k != "balance")
        demand(int(listed["balance"]) == balances[key], "balance", key)
    print(f'{book["book"]}:{len(book["postings"])}:{previous}')
for head in sys.argv[2:]:
    demand(head in heads, "the file does not continue", head)
