#!/usr/bin/env python3
"""Checks a public journal with Python alone: verify_journal.py FILE [BOOK:SEQ:HASH]..."""
import collections, hashlib, json, os, sys

sha = lambda *parts: hashlib.sha256(b"".join(parts)).hexdigest()

def demand(holds, *what):
    holds or sys.exit(" ".join(map(str, ("FALSE:", *what))))

def committed(c):  # what is opened must be what was sealed
    demand(not c.keys() & {"salt", "value"} or sha(bytes.fromhex(c["salt"]), c["value"].encode()) == c["commitment"], c)
    return c["commitment"]

def side(s):
    return {k: committed(v) if k in ("account", "organisation") else v for k, v in s.items()}

def once(pairs):  # a name that stands there twice could show one thing and prove another
    demand(len(pairs) == len(dict(pairs)), "named twice", pairs)
    return dict(pairs)

def unreadable(kind, error, _):  # what isn't a whole journal is said in a sentence, apart from one that is false
    sys.stdout.flush()
    print(f"UNREADABLE: this is no public journal, or not a whole one ({kind.__name__}: {error})", file=sys.stderr)
    os._exit(2)

sys.excepthook = unreadable
if len(sys.argv) < 2:
    print(__doc__, file=sys.stderr)
    sys.exit(2)
journal = json.load(open(sys.argv[1], encoding="utf-8"), object_pairs_hook=once)
demand(len({o["id"] for o in journal["organisations"]}) == len(journal["organisations"]), "an organisation is named twice")
money = {"currency": journal["currency"]["code"], "exponent": str(journal["currency"]["exponent"])}
heads = set()
for book in journal["books"]:
    closed, kinds = set(), {}  # sides that are not opened; kind and feature of accounts that are
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
                kind = s["kind"], s.get("feature")
                closed.add(kind) if "value" not in s["account"] else kinds.update({s["account"]["value"]: kind})
                sums["account", s["account"].get("value")] += amount
            sums["total", p["kind"]] += int(t["amount"])
    demand(book["head"] == {"seq": str(len(hashes) - 1), "hash": hashes[-1]}, "head", book["book"])
    listed = [(("total", t["kind"]), t["amount"]) for t in book["totals"]] + [(("kind", k["kind"]), k["balance"]) for k in book["kinds"]]
    for key, amount in listed + [(("account", a["account"]), a["balance"]) for a in book["balances"]]:
        demand(int(amount) == sums[key] and kinds.get(key[1]) not in closed, *key)
    demand({k for k in sums if k[0] != "account"} <= {key for key, _ in listed}, "a total or a kind is left out")
    heads.update(f'{book["book"]}:{seq}:{hash}' for seq, hash in enumerate(hashes))
    print(f'{book["book"]}:{len(hashes) - 1}:{hashes[-1]}')
for head in sys.argv[2:]:
    demand(head in heads, "the file does not continue", head)
