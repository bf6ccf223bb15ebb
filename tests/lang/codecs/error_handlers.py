# The builtin error handlers.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: b'a\xffb'.decode('utf-8', 'ignore'),
    lambda: b'a\xffb'.decode('utf-8', 'replace'),
    lambda: b'a\xffb'.decode('utf-8', 'backslashreplace'),
    lambda: b'a\xffb'.decode('utf-8', 'surrogateescape'),
    lambda: 'aé€b'.encode('ascii', 'ignore'),
    lambda: 'aé€b'.encode('ascii', 'replace'),
    lambda: 'aé€b'.encode('ascii', 'backslashreplace'),
    lambda: 'aé€b'.encode('ascii', 'xmlcharrefreplace'),
    lambda: '\udcff'.encode('utf-8', 'surrogateescape'),
    lambda: '\ud800'.encode('utf-8', 'surrogatepass'),
    lambda: b'\xed\xa0\x80'.decode('utf-8', 'surrogatepass'),
    lambda: 'é'.encode('utf-16'),
    lambda: 'é'.encode('utf-32-be'),
    lambda: b'\xef\xbb\xbfx'.decode('utf-8-sig'),
    lambda: 'é\n'.encode('unicode_escape'),
    lambda: 'é€'.encode('raw_unicode_escape'),
):
    show(f)
