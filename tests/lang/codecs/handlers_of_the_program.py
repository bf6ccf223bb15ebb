# Error handlers that codecs.register_error() made known.
import codecs


def try_it(f):
    try:
        print(ascii(f()))
    except Exception as e:
        print(type(e).__name__, e)


seen = []


def marks(e):
    seen.append((type(e).__name__, e.object, e.start, e.end))
    return '<%d-%d>' % (e.start, e.end), e.end


codecs.register_error('marks', marks)
codecs.register_error('bytes', lambda e: (b'\xff', e.end))
codecs.register_error('wrong', lambda e: 5)
codecs.register_error('far', lambda e: ('', 99))
codecs.register_error('unencodable', lambda e: ('é', e.end))
try_it(lambda: 'aéb€'.encode('ascii', 'marks'))
try_it(lambda: b'a\xffb\xfe'.decode('ascii', 'marks'))
try_it(lambda: b'a\xffb'.decode('utf-8', 'marks'))
try_it(lambda: str(b'\xff', 'utf-8', 'marks'))
try_it(lambda: 'plain'.encode('ascii', 'marks'))
print(seen)
try_it(lambda: 'aéb'.encode('ascii', 'bytes'))
try_it(lambda: 'é'.encode('ascii', 'wrong'))
try_it(lambda: b'\xff'.decode('ascii', 'wrong'))
try_it(lambda: 'é'.encode('ascii', 'far'))
try_it(lambda: 'é'.encode('ascii', 'unencodable'))
try_it(lambda: 'aé€\U0001f600\ud800'.encode('ascii', 'namereplace'))
try_it(lambda: codecs.namereplace_errors(UnicodeEncodeError('x', 'é', 0, 1, 'y')))
