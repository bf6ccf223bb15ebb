# Records: fields that are no items, items without names, copies and pickles.
import copy
import os
import pickle
import sys
import time

moment = time.struct_time(range(11))
print(moment, moment.tm_zone, moment.tm_gmtoff)
print(time.struct_time.__match_args__, time.struct_time.n_fields)
for again in copy.copy(moment), copy.deepcopy(moment), pickle.loads(pickle.dumps(moment)):
    print(again == moment, again.tm_zone, type(again) is type(moment))
print(time.struct_time(range(9), {'tm_zone': 'here'}).tm_zone)
print(os.stat_result.n_unnamed_fields, os.stat_result.__match_args__)
facts = os.stat_result(range(10), {'st_atime': 1.5})
print(facts, facts.st_atime, facts[7], facts.st_blocks)
for record in sys.flags, sys.version_info:
    try:
        type(record)()
    except TypeError as error:
        print(error)
