# Whether NotImplemented is true is asked by mistake.
import warnings

warnings.simplefilter('always')


def asked(question):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        answer = question()
    print(answer, [(w.category.__name__, str(w.message)) for w in seen])


asked(lambda: bool(NotImplemented))
asked(lambda: not NotImplemented)
asked(lambda: all([NotImplemented]))
asked(lambda: NotImplemented or 1)
asked(lambda: 1 if NotImplemented else 2)
asked(lambda: NotImplemented is None)
