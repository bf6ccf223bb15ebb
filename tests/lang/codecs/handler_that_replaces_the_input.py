# A handler of decoding errors may give other bytes to go on with.
import codecs


def with_more(error):
    error.object = b'\x00' * 8
    return '?', error.start


def with_less(error):
    error.object = b'ab'
    return '?', 2


def with_nothing(error):
    error.object = b''
    return '?', 0


def with_text(error):
    error.object = 'text'
    return '?', 0


def behind_the_end(error):
    error.object = b'ab'
    return '?', 3


for handler in with_more, with_less, with_nothing, with_text, behind_the_end:
    codecs.register_error(handler.__name__, handler)
    for encoding, data in ('utf-16', b'\x00'), ('utf-8', b'x\xffyz'), ('ascii', b'a\x80bc'), ('utf-32', b'\x01'):
        try:
            print(encoding, repr(data.decode(encoding, handler.__name__)))
        except (TypeError, IndexError) as error:
            print(encoding, type(error).__name__, error)
