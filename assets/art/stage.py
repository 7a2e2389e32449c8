"""Scene registry and the larger sets that several pictures share."""

from kit import dark, light, mix
from people import person
from props import open_book, stool, tiles

SCENES = []
SIZES = {"3:2": (2400, 1600), "16:9": (2400, 1350), "4:3": (2240, 1680),
         "1:1": (1800, 1800), "3:4": (1500, 2000), "9:16": (1350, 2400)}


def scene(folder, title, shape):
    """Register a painter as picture folder/title.jpg of the given shape."""
    def register(painter):
        w, h = SIZES[shape]
        SCENES.append(("%s/%s" % (folder, title), w, h, painter))
        return painter
    return register


def corridor(c, cam, half=2.0, high=3.0, near=1.2, far=13, wall="#f2e3c9",
             dado="#c9573f", floor="#d9b384", ceiling="#efe2cc",
             doors="#8a4a35", glow="#ffdf9a", end="#35566a", lit=(3, 6, 9)):
    """Dormitory corridor in one-point perspective."""
    c.backdrop(wall, wall)
    c.poly(cam.floor(-half, half, near, far, high),
           c.lin(ceiling, mix(ceiling, dado, .2)))
    c.poly(cam.floor(-half, half, near, far), c.lin(dark(floor, .3), floor))
    for side in (-half, half):
        shade = wall if side < 0 else dark(wall, .06)
        grad = c.lin(shade, mix(shade, dado, .3),
                     x1=0 if side < 0 else 1, x2=1 if side < 0 else 0, y2=0)
        c.poly(cam.side(side, near, far, 0, high), grad)
        c.poly(cam.side(side, near, far, 0, .95), c.lin(
            dado, dark(dado, .45), x1=0 if side < 0 else 1,
            x2=1 if side < 0 else 0, y2=0))
        c.line([cam.p(side, .97, near), cam.p(side, .97, far)],
               light(dado, .5), 5)
        c.poly(cam.side(side, near, far, 0, .12), dark(dado, .5))
        z = near + .5
        while z < far - 1.6:
            for grow, col in ((.1, light(wall, .2)), (0, doors)):
                c.poly(cam.side(side, z - grow, z + 1 + grow, 0, 2.1 + grow),
                       mix(col, dark(wall, .6), min(.6, z / far * .6)))
            c.poly(cam.side(side, z + .22, z + .78, 1.45, 1.85),
                   mix("#ffe6a8", dark(wall, .6), min(.5, z / far * .5)))
            z += 2.6
    c.poly(cam.front(-half, half, 0, high, far), mix(wall, dado, .3))
    tiles(c, cam, -half, half, near, far, 6, 16, dark(floor, .35))
    c.poly(cam.front(-half * .62, half * .62, .7, 2.6, far), light(wall, .3))
    c.poly(cam.front(-half * .56, half * .56, .78, 2.52, far),
           c.lin(dark(end, .2), light(end, .3)))
    mid = cam.p(0, 0, far)
    top = cam.p(0, 2.52, far)
    c.line([top, cam.p(0, .78, far)], light(wall, .3), cam.s(far) * .06)
    for z in lit:
        a, b = cam.p(-.35, high, z), cam.p(.35, high, z + .5)
        c.poly(cam.floor(-.45, .45, z, z + .5, high - .02), light(glow, .5))
        c.glow((a[0] + b[0]) / 2, a[1], cam.s(z) * 1.9, glow, .5)
        p = cam.p(0, 0, z + .2)
        c.oval(p[0], p[1], cam.s(z) * 1.5, cam.s(z) * .35,
               c.rad((glow, .55), (glow, 0)), blend="screen")
    return mid


def sitter(c, cam, x, z, face=1, pose="sitlisten", tall=1.68, seat=.46,
           stool_colour="#c98a4f", view="front", **look):
    """Person on a stool standing in a perspective room."""
    s = cam.s(z)
    gx, gy = cam.p(x, 0, z)
    sx, sy = cam.p(x, seat, z)
    c.shadow(gx, gy, s * .42, s * .08, .4)
    if view == "back":
        person(c, sx, sy, s * tall, "sitfront", face, turn=0, view="back",
               seat=True, **look)
        stool(c, gx, gy, s * .46, s * seat, stool_colour)
        return None
    stool(c, gx, gy, s * .42, s * seat, stool_colour)
    return person(c, sx, sy, s * tall, pose, face, seat=True, **look)


def stander(c, cam, x, z, pose="stand", face=1, tall=1.7, **look):
    """Standing person in a perspective room."""
    s = cam.s(z)
    gx, gy = cam.p(x, 0, z)
    c.shadow(gx, gy, s * .4, s * .07, .4)
    return person(c, gx, gy, s * tall, pose, face, **look)


def hold_book(c, joints, size, cover="#c8503c", tilt=0):
    """Open book between the hands of a person."""
    a, b = joints["an"], joints["af"]
    open_book(c, (a[0] + b[0]) / 2, min(a[1], b[1]), size, cover, tilt=tilt)


def skyline(c, y, h, colour, n=14):
    """Soft silhouette of a distant town standing on y."""
    x = -40
    while x < c.w + 40:
        w = c.rng.uniform(.5, 1.4) * c.w / n
        bh = h * c.rng.uniform(.35, 1)
        c.rect(x, y - bh, w, bh, colour, op=.75)
        for i in range(int(w / 34)):
            for j in range(int(bh / 44)):
                if c.rng.random() < .22:
                    c.rect(x + 12 + i * 34, y - bh + 14 + j * 44, 12, 16,
                           light(colour, .4), op=.5)
        x += w * c.rng.uniform(.8, 1.15)


def hills(c, y, h, colour, layers=3):
    """Layered rolling hills down to y."""
    for i in range(layers):
        t = i / max(1, layers - 1)
        pts = "M0 %d" % y
        base = y - h * (1 - t * .55)
        pts += "L0 %.1f" % base
        x = 0
        while x < c.w:
            step = c.w * c.rng.uniform(.14, .26)
            pts += " Q%.1f %.1f %.1f %.1f" % (
                x + step / 2, base - h * c.rng.uniform(.1, .5), x + step,
                base + h * c.rng.uniform(-.08, .1))
            x += step
        c.path(pts + "L%d %dZ" % (c.w + 200, y), mix(light(colour, .45),
                                                    colour, t))


