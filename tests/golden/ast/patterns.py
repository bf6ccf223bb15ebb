match x:
    case 1 | -2 | "a" | None: pass
    case [a, *_, {"k": v, **rest}]: pass
    case C(1, y=p.q) as z if z: pass
    case _: pass
