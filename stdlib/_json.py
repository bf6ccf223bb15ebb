"""json speedups: the lower floor of the json module, over _json_core."""
import _json_core as _core

from _json_core import encode_basestring, encode_basestring_ascii, scanstring

_quotings = {encode_basestring: 1, encode_basestring_ascii: 2}


def _decode_error(message, text, position):
    from json.decoder import JSONDecodeError
    return JSONDecodeError(message, text, position)


class Scanner:
    """JSON scanner object"""

    __slots__ = 'strict', 'object_hook', 'object_pairs_hook', 'parse_float', 'parse_int', 'parse_constant', '_hooks'

    def __init__(self, context):
        self.strict = bool(context.strict)
        self.object_hook = context.object_hook
        self.object_pairs_hook = context.object_pairs_hook
        self.parse_float = context.parse_float
        self.parse_int = context.parse_int
        self.parse_constant = context.parse_constant
        self._hooks = (self.strict, self.object_hook, self.object_pairs_hook, self.parse_float, self.parse_int,
                       self.parse_constant)

    def __call__(self, string, idx):
        return _core.scan(self._hooks, string, idx)


class Encoder:
    """_iterencode(obj, _current_indent_level) -> iterable"""

    __slots__ = ('markers', 'default', 'encoder', 'indent', 'key_separator', 'item_separator', 'sort_keys', 'skipkeys',
                 '_options')

    def __init__(self, markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys,
                 allow_nan):
        if markers is not None and not isinstance(markers, dict):
            raise TypeError('make_encoder() argument 1 must be dict or None, not ' + type(markers).__name__)
        for number, separator in (5, key_separator), (6, item_separator):
            if not isinstance(separator, str):
                raise TypeError(f'make_encoder() argument {number} must be str, not {type(separator).__name__}')
        self.markers = markers
        self.default = default
        self.encoder = encoder
        self.indent = indent
        self.key_separator = key_separator
        self.item_separator = item_separator
        self.sort_keys = bool(sort_keys)
        self.skipkeys = bool(skipkeys)
        try:
            quoting = _quotings.get(encoder, 0)
        except TypeError:
            quoting = 0
        self._options = (markers is not None, default, encoder, quoting, key_separator, item_separator, self.sort_keys,
                         self.skipkeys, bool(allow_nan))

    def __call__(self, obj, _current_indent_level):
        return _core.encode(self._options, obj, _current_indent_level)


make_scanner = Scanner
make_encoder = Encoder
