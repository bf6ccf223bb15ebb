# expect: None None
# expect: True True
# expect: schedule callback must be callable
# expect: channel callback must be callable
# expect: None None
import stackless
def f(*args): pass
print(stackless.set_schedule_callback(f), stackless.set_channel_callback(f))
print(stackless.get_schedule_callback() is f, stackless.get_channel_callback() is f)
for setter in (stackless.set_schedule_callback, stackless.set_channel_callback):
    try:
        setter(5)
    except TypeError as error:
        print(error)
stackless.set_schedule_callback(None)
stackless.set_channel_callback(None)
print(stackless.get_schedule_callback(), stackless.get_channel_callback())
