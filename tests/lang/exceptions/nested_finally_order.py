log = []
def f():
    try:
        log.append("t1")
        try:
            log.append("t2")
            try:
                raise ValueError
            finally:
                log.append("f3")
        except KeyError:
            log.append("no")
        finally:
            log.append("f2")
    except ValueError:
        log.append("e1")
    else:
        log.append("no")
    finally:
        log.append("f1")
f()
print(log)
