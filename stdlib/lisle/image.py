"""Images: the running program in a file, with all its tasklets, to be taken up by another process.

    import lisle.image

    if lisle.image.save("world.img"):
        print("resumed in another process")
    else:
        print("saved; this process goes on")

`lisle resume world.img` starts the other process. What the file holds and what becomes of files and clocks is told in
docs/images.md.
"""
from _image import save

__all__ = ['save']
