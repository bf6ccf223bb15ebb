# A classmethod hands the class to whatever it wraps.
class A:
    @classmethod
    @classmethod
    def twice(cls):
        return cls.__name__

    @classmethod
    @property
    def shown(cls):
        return cls.__name__


class B(A):
    pass


print(A.twice(), B.twice(), B().twice(), A.shown, B().shown)
