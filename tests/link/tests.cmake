# One row a link test: the program and the layers it may need.
lisle_link_test(runtime_alone lisle_runtime)
lisle_link_test(two_machines lisle_vm)
