#!/usr/bin/env python3
"""Checks a public journal with Python alone: verify_journal.py FILE [BOOK:SEQ:HASH]..."""
import collections, hashlib, json, sys

sha = lambda *parts: hashlib.sha256(b"".join(parts)).hexdigest()

def demand(holds, *what):
    holds or sys.exit(" ".join(map(str, ("FALSE:", *what))))

def committed(c):  # what is opened must be what was sealed
    demand(not c.keys() & {"salt", "value"} or sha(bytes.fromhex(c["salt"]), c["value"].encode()) == c["commitment"], c)
    return c["commitment"]

def side(s):
    return {k: committed(v) if k in ("account", "organisation") else v for k, v in s.items()}

journal = json.load(open(sys.argv[1], encoding="utf-8"))
money = {"currency": journal["currency"]["code"], "exponent": str(journal["currency"]["exponent"])}
heads = set()
for book in journal["books"]:
    sums, base = collections.Counter(), {"pot": journal["pot"], "book": book["book"], **money}
    hashes = [sha(b"popote:", journal["pot"].encode(), book["book"].encode())]
    for p in book["postings"]:
        link = {**base, **{k: p[k] for k in ("seq", "kind", "effective_on", "recorded_at", "previous")},
                **{k: committed(p[k]) for k in ("actor", "reason") if k in p},
                "transfers": [{"amount": t["amount"], "from": side(t["from"]), "to": side(t["to"])} for t in p["transfers"]]}
        text = json.dumps(link, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        demand((p["seq"], p["previous"], p["hash"]) == (str(len(hashes)), hashes[-1], sha(text.encode())), book["book"], p["seq"])
        hashes.append(p["hash"])
        for t in p["transfers"]:
            demand(int(t["amount"]) > 0, "amount", t["amount"])
            for s, amount in ((t["from"], -int(t["amount"])), (t["to"], int(t["amount"]))):
                sums["kind", s["kind"]] += amount
                sums["account", s["account"].get("value")] += amount
            sums["total", p["kind"]] += int(t["amount"])
    demand(book["head"] == {"seq": str(len(hashes) - 1), "hash": hashes[-1]}, "head", book["book"])
    listed = [(("total", t["kind"]), t["amount"]) for t in book["totals"]] + [(("kind", k["kind"]), k["balance"]) for k in book["kinds"]]
    for key, amount in listed + [(("account", a["account"]), a["balance"]) for a in book["balances"]]:
        demand(int(amount) == sums[key], *key)
    heads.update(f'{book["book"]}:{seq}:{hash}' for seq, hash in enumerate(hashes))
    print(f'{book["book"]}:{len(hashes) - 1}:{hashes[-1]}')
for head in sys.argv[2:]:
    demand(head in heads, "the file does not continue", head)
