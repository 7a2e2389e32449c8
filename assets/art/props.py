"""Reusable furniture, plants, buildings and small objects."""

import math

from kit import capsule, dark, light, mix

BOOKS = ("#c8503c", "#e3a441", "#2f6f6a", "#f0e4cb", "#8b3a3a", "#4d7aa3",
         "#d9825b", "#39495f", "#b9c7a6")
LEAVES = ("#2f7a5a", "#3f8f5f", "#57a56b", "#256350")


# -- architecture -----------------------------------------------------------
def window(c, x, y, w, h, glass, frame="#f4ead8", cols=2, rows=2, sill=True,
           curtain=None, bar=None):
    """Window with frame, reflections and optional curtains."""
    t = bar or max(4, min(w, h) * 0.045)
    c.rect(x - t, y - t, w + 2 * t, h + 2 * t, frame, r=t * 0.4)
    c.rect(x, y, w, h, glass)
    for k, a in ((0.12, 0.16), (0.34, 0.08)):
        c.poly([(x + w * k, y), (x + w * (k + 0.16), y),
                (x + w * max(0, k - 0.1), y + h),
                (x + w * max(0, k - 0.26), y + h)], "#ffffff", op=a)
    if curtain:
        for side in (0, 1):
            cx = x if side == 0 else x + w
            s = 1 if side == 0 else -1
            c.path("M%.1f %.1fh%.1fQ%.1f %.1f %.1f %.1fH%.1fZ" % (
                cx, y, s * w * 0.3, cx + s * w * 0.24, y + h * 0.5,
                cx + s * w * 0.12, y + h, cx), curtain)
            for i in (1, 2):
                c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1f" % (
                    cx + s * w * 0.09 * i, y, cx + s * w * 0.08 * i,
                    y + h * 0.5, cx + s * w * 0.04 * i, y + h), "none",
                    stroke=dark(curtain, 0.16), sw=t * 0.35)
    for i in range(1, cols):
        c.rect(x + w * i / cols - t * 0.3, y, t * 0.6, h, frame)
    for i in range(1, rows):
        c.rect(x, y + h * i / rows - t * 0.3, w, t * 0.6, frame)
    c.rect(x, y, w, t * 0.6, dark(frame, 0.4), op=0.3)
    if sill:
        c.rect(x - t * 2.2, y + h + t, w + t * 4.4, t * 1.1, light(frame, 0.3),
               r=t * 0.3)
        c.rect(x - t * 2, y + h + t * 2.1, w + t * 4, t * 0.7, "#14182b",
               op=0.14)


def facade(c, x, y, w, h, floors, cols, wall, lit=0.3, warm="#ffd27a",
           glass="#3d5878", balcony=None, roof=None, ac=0.3, trim=None):
    """Dormitory front with rows of windows; returns the window boxes."""
    trim = trim or light(wall, 0.18)
    c.rect(x, y, w, h, c.lin(light(wall, 0.06), dark(wall, 0.1)))
    fh, cw = h / floors, w / cols
    boxes = []
    for r in range(floors):
        c.rect(x, y + r * fh, w, fh * 0.06, trim)
        for k in range(cols):
            wx, wy = x + k * cw + cw * 0.2, y + r * fh + fh * 0.24
            ww, wh = cw * 0.6, fh * 0.5
            boxes.append((wx, wy, ww, wh))
            on = c.rng.random() < lit
            tone = mix(warm, "#fff1c9", c.rng.random() * 0.6)
            c.rect(wx - cw * .03, wy - fh * .03, ww + cw * .06, wh + fh * .06,
                   trim)
            c.rect(wx, wy, ww, wh, tone if on
                   else mix(glass, "#8fb0c8", c.rng.random() * 0.25))
            if on and c.rng.random() < 0.5:
                c.rect(wx, wy, ww * c.rng.uniform(0.2, 0.45), wh,
                       mix(tone, "#c8643c", 0.4), op=0.7)
            elif not on:
                c.poly([(wx, wy), (wx + ww * .5, wy), (wx, wy + wh * .8)],
                       "#ffffff", op=0.1)
            c.rect(wx + ww / 2 - cw * .012, wy, cw * .024, wh, trim)
            c.rect(wx, wy + wh * .32, ww, fh * .02, trim)
            if balcony:
                by = wy + wh * 0.72
                c.rect(wx - cw * .12, by, ww + cw * .24, fh * .3, balcony)
                c.rect(wx - cw * .14, by, ww + cw * .28, fh * .045,
                       light(balcony, 0.3))
                for b in range(6):
                    c.rect(wx - cw * .1 + b * (ww + cw * .2) / 5.4, by,
                           cw * .012, fh * .28, dark(balcony, 0.2))
                if c.rng.random() < 0.45:
                    _washing(c, wx, wy + wh * .3, ww, fh * .3)
            else:
                c.rect(wx - cw * .06, wy + wh + fh * .02, ww + cw * .12,
                       fh * .045, light(trim, 0.2))
            if c.rng.random() < ac:
                c.rect(wx + ww * .56, wy + wh + fh * .08, ww * .4, fh * .13,
                       "#e9e6df", r=2)
                c.circle(wx + ww * .7, wy + wh + fh * .145, fh * .045,
                         "#b9bcc0")
    if roof:
        c.rect(x - w * .015, y - fh * .16, w * 1.03, fh * .2, roof)
        c.rect(x - w * .015, y - fh * .16, w * 1.03, fh * .05,
               light(roof, 0.25))
    return boxes


def _washing(c, x, y, w, h):
    for i in range(3):
        c.rect(x + w * (.1 + .3 * i), y, w * .2, h * c.rng.uniform(.5, .8),
               c.rng.choice(("#d9694f", "#f3e7d0", "#6fa0b8", "#e2b254")), r=2)


def door(c, x, y, w, h, colour, frame="#efe3cd", glass=True, open_to=None,
         inside="#ffdf9a"):
    """Room door standing on y; open_to = -1/1 shows it ajar."""
    t = w * 0.08
    c.rect(x - t, y - h - t, w + 2 * t, h + t, frame)
    c.rect(x - t, y - h - t, w + 2 * t, t * .4, light(frame, 0.4))
    if open_to:
        c.rect(x, y - h, w, h, c.lin(light(inside, 0.3), inside))
        hinge = x if open_to < 0 else x + w
        ex = hinge - open_to * w * 0.28
        c.poly([(hinge, y - h), (ex, y - h + h * .03), (ex, y + h * .035),
                (hinge, y)], c.lin(colour, dark(colour, 0.3)))
        c.circle(ex + open_to * w * .05, y - h * .46, w * .03, "#e8c25e")
        return
    c.rect(x, y - h, w, h, c.lin(light(colour, 0.08), dark(colour, 0.12)))
    if glass:
        c.rect(x + w * .18, y - h * .9, w * .64, h * .2, "#cfe0e2", r=w * .03)
        c.poly([(x + w * .24, y - h * .9), (x + w * .44, y - h * .9),
                (x + w * .3, y - h * .7), (x + w * .18, y - h * .7)],
               "#ffffff", op=.4)
    for k in (.62, .3):
        c.rect(x + w * .16, y - h * k, w * .68, h * .24, "none",
               stroke=dark(colour, 0.22), sw=max(2, w * .018), r=w * .03)
    c.rect(x + w * .84, y - h * .5, w * .06, h * .07, "#e8c25e", r=w * .02)


def tiles(c, cam, x1, x2, z1, z2, nx, nz, stroke, y=0, sw=2, op=0.4):
    """Perspective floor joints."""
    for i in range(nx + 1):
        x = x1 + (x2 - x1) * i / nx
        c.line([cam.p(x, y, z1), cam.p(x, y, z2)], stroke, sw, op=op)
    for i in range(nz + 1):
        z = z1 * (z2 / z1) ** (i / nz)
        c.line([cam.p(x1, y, z), cam.p(x2, y, z)], stroke, sw, op=op)


def planks(c, x, y, w, h, colour, rows=6):
    """Flat wooden floor boards, growing towards the viewer."""
    c.rect(x, y, w, h, c.lin(dark(colour, 0.12), light(colour, 0.08)))
    edge = dark(colour, 0.25)
    py = y
    for i in range(rows):
        nh = h * (i + 1) / (rows * (rows + 1) / 2)
        c.rect(x, py, w, max(2, nh * .03), edge, op=.5)
        for _ in range(4):
            bx = x + c.rng.random() * w
            c.rect(bx, py, max(2, nh * .03), nh, edge, op=.4)
            c.rect(bx, py, w * c.rng.uniform(.1, .25), nh, light(colour, .3),
                   op=.12)
        py += nh


# -- light fittings ----------------------------------------------------------
def pendant(c, x, y0, y1, size, shade="#2f4b4a", warm="#ffd88a", cone=0,
            op=0.3):
    """Hanging lamp; y1 is the lower rim."""
    c.line([(x, y0), (x, y1 - size * .8)], "#2a2a33", max(2, size * .04))
    if cone:
        c.cone(x, y1, size * .8, size * 3.2, cone, warm, op)
    c.glow(x, y1 + size * .1, size * 3, warm, .75)
    c.path("M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fH%.1fC%.1f %.1f %.1f %.1f "
           "%.1f %.1fZ" % (
               x - size * .16, y1 - size * .85, x - size * .5, y1 - size * .8,
               x - size * .9, y1 - size * .4, x - size, y1, x + size,
               x + size * .9, y1 - size * .4, x + size * .5, y1 - size * .8,
               x + size * .16, y1 - size * .85), shade)
    c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1f" % (
        x - size * .7, y1 - size * .18, x - size * .55, y1 - size * .6,
        x - size * .2, y1 - size * .7), "none", stroke=light(shade, .4),
        sw=size * .06, stroke_linecap="round", op=.7)
    c.oval(x, y1, size * .97, size * .12, light(warm, .5))


def floor_lamp(c, x, y, h, shade="#f3d9a2", warm="#ffd88a", pole="#5a3f33"):
    """Standing lamp with a cloth shade, foot at (x, y)."""
    c.shadow(x, y, h * .12, h * .02)
    c.rect(x - h * .008, y - h * .82, h * .016, h * .82, pole)
    c.oval(x, y - h * .01, h * .085, h * .018, pole)
    c.glow(x, y - h * .84, h * .75, warm, .7)
    c.poly([(x - h * .08, y - h), (x + h * .08, y - h),
            (x + h * .135, y - h * .76), (x - h * .135, y - h * .76)],
           c.lin(light(shade, .5), shade))


def desk_lamp(c, x, y, h, colour="#d95f4b", face=1, on=True, warm="#ffe2a0"):
    """Jointed desk lamp, foot at (x, y)."""
    c.oval(x, y, h * .2, h * .045, dark(colour, .2))
    e = (x - face * h * .2, y - h * .5)
    t = (x + face * h * .16, y - h * .86)
    c.line([(x, y - h * .02), e, t], dark(colour, .1), h * .045)
    for p in (e, t):
        c.circle(p[0], p[1], h * .045, light(colour, .3))
    a, b = (t[0] + face * h * .02, t[1] - h * .14), (t[0] + face * h * .3,
                                                    t[1] + h * .1)
    if on:
        c.cone(b[0] - face * h * .1, b[1] + h * .06, h * .16, h * .55,
               h * .78, warm, .55, skew=face * h * .1)
    c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1fL%.1f %.1fQ%.1f %.1f %.1f %.1fZ" % (
        a[0], a[1] + h * .05, a[0] + face * h * .22, a[1] - h * .04, b[0],
        b[1], b[0] - face * h * .34, b[1] + h * .08, a[0] - face * h * .14,
        a[1] + h * .2, a[0], a[1] + h * .05), colour)
    if on:
        c.glow(b[0] - face * h * .15, b[1], h * .5, warm, .6)


def lantern(c, x, y0, y1, size, colour="#e2593f"):
    """Round paper lantern."""
    c.line([(x, y0), (x, y1 - size)], "#4a2c2c", max(2, size * .04))
    c.glow(x, y1, size * 2.6, "#ffb765", .6)
    c.oval(x, y1, size, size * .86, c.rad(light(colour, .55), colour, r=.6))
    for k in (.33, .68):
        c.oval(x, y1, size * k, size * .86, "none", stroke=dark(colour, .2),
               sw=size * .025, op=.6)
    for s in (-1, 1):
        c.rect(x - size * .35, y1 + s * size * .84 - size * .06, size * .7,
               size * .12, "#e9b44c", r=size * .04)
    c.line([(x, y1 + size * .9), (x, y1 + size * 1.35)], "#e9b44c", size * .06)


def string_lights(c, x1, y1, x2, y2, sag, n, warm="#ffd88a", size=9):
    """Sagging cable with glowing bulbs."""
    def at(t):
        return (x1 + (x2 - x1) * t,
                y1 + (y2 - y1) * t + sag * 4 * t * (1 - t))
    c.line([at(i / 16) for i in range(17)], "#3a3038", max(2, size * .3),
           curve=True)
    for i in range(n):
        px, py = at((i + .5) / n)
        c.glow(px, py + size, size * 6, warm, .55)
        c.circle(px, py + size * 1.1, size, light(warm, .6))


# -- plants -----------------------------------------------------------------
def leaf(c, x, y, length, angle, colour, width=0.34, vein=True):
    """Single leaf growing from (x, y); angle 0 is up, clockwise."""
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y,
                                                                  angle)):
        w = length * width
        c.path("M0 0C%.1f %.1f %.1f %.1f 0 %.1fC%.1f %.1f %.1f %.1f 0 0Z" % (
            w * 1.1, -length * .25, w * .9, -length * .8, -length,
            -w * .9, -length * .8, -w * 1.1, -length * .25), colour)
        c.path("M0 0C%.1f %.1f %.1f %.1f 0 %.1fZ" % (
            w * 1.1, -length * .25, w * .9, -length * .8, -length),
            light(colour, .14), op=.7)
        if vein:
            c.line([(0, 0), (0, -length * .88)], dark(colour, .2),
                   max(1.2, length * .012))


def pot(c, x, y, size, colour="#d98a5c", kind="taper"):
    """Flower pot standing on y."""
    c.shadow(x, y, size * .75, size * .12)
    low = {"taper": .34, "round": .42, "box": .5}[kind]
    c.path("M%.1f %.1fL%.1f %.1fQ%.1f %.1f %.1f %.1fL%.1f %.1fZ" % (
        x - size * .5, y - size * .85, x - size * low, y - size * .06,
        x, y + size * .06, x + size * low, y - size * .06,
        x + size * .5, y - size * .85), c.lin(light(colour, .2), colour,
                                              dark(colour, .25), x2=1, y2=0))
    c.rect(x - size * .54, y - size * .95, size * 1.08, size * .2,
           light(colour, .12), r=size * .05)


def plant(c, x, y, h, kind="monstera", pot_colour="#d98a5c", colour=None):
    """Potted plant standing on y, total height h."""
    rng, size = c.rng, h * .26
    colour = colour or rng.choice(LEAVES)
    top = y - size * .85
    if kind == "snake":
        for i in range(9):
            leaf(c, x + (i - 4) * size * .09, top + 4, h * rng.uniform(.5, .8),
                 (i - 4) * 5 + rng.uniform(-3, 3),
                 mix(colour, "#c7d66f", .15 * (i % 3)), .1, vein=False)
    elif kind == "palm":
        for i in range(11):
            a = -78 + i * 15.6 + rng.uniform(-5, 5)
            ln = h * rng.uniform(.5, .72)
            bx = x + math.sin(math.radians(a)) * ln
            by = top - math.cos(math.radians(a)) * ln * .9
            mid = (x + (bx - x) * .45, top + (by - top) * .75)
            c.line([(x, top), mid, (bx, by)], dark(colour, .15), h * .012,
                   curve=True)
            for k in range(4):
                t = .45 + k * .16
                px, py = x + (bx - x) * t, top + (by - top) * (t ** .8)
                for s in (-1, 1):
                    leaf(c, px, py, h * .17, a + s * 38, mix(
                        colour, "#7dbb6a", rng.random() * .35), .2, vein=False)
    elif kind == "fern":
        for i in range(22):
            leaf(c, x + rng.uniform(-.2, .2) * size, top + 3,
                 h * rng.uniform(.35, .7), rng.uniform(-85, 85),
                 mix(colour, "#8fc46f", rng.random() * .4), .13, vein=False)
    elif kind == "bloom":
        for i in range(14):
            leaf(c, x, top + 3, h * rng.uniform(.25, .5), rng.uniform(-80, 80),
                 colour, .25, vein=False)
        for i in range(9):
            a, r = rng.uniform(-1.2, 1.2), h * rng.uniform(.35, .68)
            fx, fy = x + math.sin(a) * r * .7, top - math.cos(a) * r
            c.line([(x, top), (fx, fy)], dark(colour, .1), h * .01)
            flower(c, fx, fy, h * .055, rng.choice(
                ("#f2a65a", "#e8735f", "#f7d9c4")))
    else:
        for i in range(11):
            a = -80 + i * 16 + rng.uniform(-6, 6)
            r = h * rng.uniform(.25, .52)
            lx = x + math.sin(math.radians(a)) * r * .8
            ly = top - math.cos(math.radians(a)) * r
            c.line([(x, top), ((x + lx) / 2, ly + (top - ly) * .35), (lx, ly)],
                   dark(colour, .1), h * .012, curve=True)
            leaf(c, lx, ly, h * rng.uniform(.2, .28), a * 1.1,
                 mix(colour, "#8ec47a", rng.random() * .35), .46)
    pot(c, x, y, size, pot_colour)


def flower(c, x, y, r, colour):
    """Five-petal flower seen from the front."""
    for i in range(6):
        a = i * math.pi / 3
        c.circle(x + math.cos(a) * r * .62, y + math.sin(a) * r * .62, r * .5,
                 colour)
    c.circle(x, y, r * .38, "#f8e29a")


def hanging_plant(c, x, y0, y1, size, pot_colour="#e7d6bd"):
    """Trailing plant in a hanging pot."""
    for s in (-1, 1):
        c.line([(x, y0), (x + s * size * .5, y1 - size * .6)], "#6b5747", 2.5)
    for i in range(9):
        sx = x + (i - 4) * size * .13
        ln = size * c.rng.uniform(.8, 2.4)
        sway = c.rng.uniform(-.3, .3) * size
        c.line([(sx, y1 - size * .5), (sx + sway, y1 + ln * .4),
                (sx + sway * .4 + (i - 4) * size * .06, y1 + ln)], "#3f7d56",
               size * .03, curve=True)
        for k in range(5):
            t = k / 4
            leaf(c, sx + sway * math.sin(t * 3), y1 - size * .4 + ln * t,
                 size * .3, c.rng.uniform(90, 270), c.rng.choice(LEAVES), .4,
                 vein=False)
    c.path("M%.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fQ%.1f %.1f %.1f %.1fZ" % (
        x - size * .55, y1 - size * .65, x + size * .55, x + size * .5,
        y1 + size * .1, x, y1 + size * .1, x - size * .5, y1 + size * .1,
        x - size * .55, y1 - size * .65), pot_colour)


def tree(c, x, y, h, colour="#3f8f5f", trunk="#5b4033", kind="round",
         density=46):
    """Tree with a layered crown, standing on y."""
    rng = c.rng
    if kind == "cypress":
        c.rect(x - h * .02, y - h * .12, h * .04, h * .12, trunk)
        for i in range(3):
            w = h * (.15 - i * .028)
            c.blob([(x, y - h), (x + w * (1 - i * .25), y - h * .45),
                    (x + w * .8, y - h * .12), (x, y - h * .06),
                    (x - w * (1 - i * .5), y - h * .12),
                    (x - w, y - h * .45)],
                   mix(dark(colour, .15), light(colour, .2), i / 2), op=.9)
        return
    c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fZ" % (
        x - h * .045, y, x - h * .015, y - h * .2, x - h * .018, y - h * .6,
        x + h * .018, x + h * .015, y - h * .2, x + h * .05, y), trunk)
    for s, k, ln in ((-1, .42, .2), (1, .5, .22), (-1, .58, .16),
                     (1, .36, .15)):
        c.line([(x, y - h * k), (x + s * h * ln * .5, y - h * (k + .1)),
                (x + s * h * ln, y - h * (k + .22))], trunk, h * .016,
               curve=True)
    if kind == "bare":
        for _ in range(26):
            a, r = rng.uniform(-1.3, 1.3), h * rng.uniform(.2, .42)
            bx, by = x + rng.uniform(-.2, .2) * h, y - h * rng.uniform(.5, .7)
            c.line([(bx, by), (bx + math.sin(a) * r * .6,
                               by - abs(math.cos(a)) * r * .7)], trunk,
                   h * .007)
        return
    blobs = []
    for _ in range(density):
        a, r = rng.uniform(0, 6.28), math.sqrt(rng.random())
        blobs.append((x + math.cos(a) * r * h * .3,
                      y - h * .66 + math.sin(a) * r * h * .27,
                      h * rng.uniform(.06, .12)))
    blobs.sort(key=lambda b: -b[1])
    for bx, by, br in blobs:
        t = ((y - by) / h - .4) / .55 + (x - bx) / h * .5
        tone = mix(dark(colour, .28), light(colour, .28), max(0, min(1, t)))
        c.oval(bx, by, br, br * .86, mix(tone, colour, .25))
    for _ in range(density):
        a, r = rng.uniform(0, 6.28), math.sqrt(rng.random())
        leaf(c, x + math.cos(a) * r * h * .34, y - h * .66
             + math.sin(a) * r * h * .3, h * .035, rng.uniform(0, 360),
             light(colour, rng.uniform(.1, .4)), .4, vein=False)


def bush(c, x, y, w, h, colour="#3f8f5f", n=22):
    """Rounded hedge clump."""
    rng = c.rng
    for _ in range(n):
        px = x + rng.uniform(-.5, .5) * w
        t = rng.random()
        r = h * rng.uniform(.22, .4)
        c.circle(px, y - r * .5 - h * .5 * t * (1 - abs(px - x) / w), r,
                 mix(dark(colour, .25), light(colour, .15), t))
    for _ in range(n):
        leaf(c, x + rng.uniform(-.5, .5) * w, y - h * rng.uniform(.1, .8),
             h * .16, rng.uniform(-70, 70), light(colour, rng.random() * .35),
             .4, vein=False)


def grass(c, x1, x2, y, h, colour="#4d8f56", n=60):
    """Row of grass blades."""
    for _ in range(n):
        leaf(c, c.rng.uniform(x1, x2), y, h * c.rng.uniform(.5, 1),
             c.rng.uniform(-28, 28), mix(colour, "#a9cc72",
                                         c.rng.random() * .5), .1, vein=False)


# -- furniture --------------------------------------------------------------
def bookshelf(c, x, y, w, h, rows, wood="#a8693f", back="#7a4630", gap=.12,
              palette=BOOKS):
    """Filled bookshelf standing on y."""
    t = max(5, w * .018)
    c.rect(x, y - h, w, h, wood)
    rh = (h - t) / rows
    for r in range(rows):
        top = y - h + t + r * rh
        c.rect(x + t, top, w - 2 * t, rh - t, c.lin(dark(back, .25), back))
        px, end = x + t * 1.6, x + w - t * 2
        while px < end - rh * .1:
            roll = c.rng.random()
            if roll < gap:
                kind = c.rng.random()
                if kind < .4 and end - px > rh * .5:
                    plant(c, px + rh * .26, top + rh - t, rh * .72,
                          c.rng.choice(("snake", "fern")),
                          c.rng.choice(("#e9d9bd", "#d98a5c")))
                    px += rh * .55
                elif kind < .7 and end - px > rh * .6:
                    for k in range(3):
                        c.rect(px + k * 3, top + rh - t - rh * .12 * (k + 1),
                               rh * .5 - k * 6, rh * .11,
                               c.rng.choice(palette), r=2)
                    px += rh * .6
                else:
                    px += rh * .15
                continue
            bw = rh * c.rng.uniform(.08, .17)
            bh = (rh - t) * c.rng.uniform(.62, .92)
            if px + bw > end:
                break
            book = c.rng.choice(palette)
            c.rect(px, top + rh - t - bh, bw, bh, book, r=1.5)
            c.rect(px + bw * .62, top + rh - t - bh, bw * .38, bh,
                   dark(book, .18), op=.6)
            c.rect(px, top + rh - t - bh * .82, bw, bh * .07,
                   light(book, .5), op=.8)
            px += bw + 1.2
        c.rect(x, top + rh - t, w, t, light(wood, .1))
        c.rect(x + t, top, w - 2 * t, t * .9, "#14182b", op=.25)
    c.rect(x, y - h, w, t, light(wood, .2))
    c.rect(x + w - t, y - h, t, h, dark(wood, .15))


def stool(c, x, y, w, h, colour="#c98a4f"):
    """Small round stool standing on y."""
    for k in (-.38, .38, -.14, .14):
        c.line([(x + k * w * .9, y - h * .9), (x + k * w * 1.15, y)],
               dark(colour, .25), w * .07)
    c.rect(x - w * .42, y - h * .42, w * .84, w * .05, dark(colour, .3))
    c.rect(x - w * .5, y - h, w, h * .16, c.lin(light(colour, .2), colour),
           r=h * .06)


def chair(c, x, y, w, h, colour="#c98a4f", face=1):
    """Side view chair; seat surface is at y - h/2."""
    s, seat = face, y - h * .5
    for k in (-.4, .4):
        c.line([(x + k * w, seat), (x + k * w * 1.1, y)], dark(colour, .25),
               w * .08)
    c.line([(x - s * w * .42, seat), (x - s * w * .54, y - h)],
           dark(colour, .2), w * .08)
    c.line([(x - s * w * .53, y - h * .97), (x - s * w * .48, y - h * .7)],
           colour, w * .16)
    c.rect(x - w * .5, seat, w, h * .07, colour, r=h * .03)


def armchair(c, x, y, w, h, colour="#c5643f", face=1):
    """Upholstered armchair; seat at y - h*.42."""
    s = face
    c.shadow(x, y, w * .62, h * .07)
    for k in (-.36, .36):
        c.line([(x + k * w, y - h * .14), (x + k * w * 1.08, y)], "#5b3a2b",
               w * .045)
    c.blob([(x - s * w * .52, y - h * .95), (x - s * w * .3, y - h),
            (x - s * w * .2, y - h * .5), (x - s * w * .2, y - h * .14),
            (x - s * w * .5, y - h * .14)], dark(colour, .12), k=.7)
    c.rect(x - w * .46, y - h * .42, w * .92, h * .3, dark(colour, .05),
           r=h * .08)
    c.rect(x - w * .42, y - h * .46, w * .88, h * .14, light(colour, .12),
           r=h * .07)


def armchair_arm(c, x, y, w, h, colour="#c5643f", face=1):
    """Front arm of the armchair, drawn over the seated figure."""
    c.rect(x - w * .46 - (face < 0) * w * .02, y - h * .56, w * .9, h * .13,
           light(colour, .06), r=h * .06)
    c.rect(x - w * .44, y - h * .46, w * .86, h * .32, colour, r=h * .05)


def sofa(c, x, y, w, h, colour="#3f7d74"):
    """Front view sofa standing on y; seat at y - h*.46."""
    c.shadow(x + w / 2, y, w * .55, h * .1)
    for k in (.08, .92):
        c.rect(x + w * k - 7, y - h * .14, 14, h * .14, "#5b3a2b")
    c.rect(x, y - h, w, h * .72, dark(colour, .15), r=h * .16)
    n = 3 if w > h * 2.6 else 2
    for i in range(n):
        c.rect(x + w * .09 + i * w * .82 / n, y - h * .9, w * .82 / n - 6,
               h * .5, light(colour, .05), r=h * .1)
        c.rect(x + w * .07 + i * w * .86 / n, y - h * .5, w * .86 / n - 4,
               h * .22, light(colour, .16), r=h * .08)
    c.rect(x + w * .04, y - h * .32, w * .92, h * .2, colour, r=h * .05)
    for k in (-.03, .93):
        c.rect(x + w * k, y - h * .66, w * .1, h * .56, light(colour, .06),
               r=h * .12)


def table(c, x, y, w, h, colour="#b9774a", leg_colour=None, top=.09):
    """Side view table standing on y, left edge x."""
    leg_colour = leg_colour or dark(colour, .25)
    for k in (.06, .94):
        c.poly([(x + w * k - h * .035, y - h), (x + w * k + h * .035, y - h),
                (x + w * (k + (k - .5) * .03) + h * .025, y),
                (x + w * (k + (k - .5) * .03) - h * .025, y)], leg_colour)
    c.rect(x + w * .04, y - h * .92, w * .92, h * .1, leg_colour, op=.8)
    c.rect(x, y - h, w, h * top, c.lin(light(colour, .22), colour), r=h * .03)


def bunk(c, x, y, w, h, colour="#7d96a6", quilt="#d9825b", quilt2="#f0d9a8"):
    """Bunk bed over a desk-height lower bed, side view."""
    t = w * .02
    for k in (0, .98):
        c.rect(x + w * k, y - h, t, h, dark(colour, .15), r=t * .4)
    for ly, q in ((.2, quilt), (.68, quilt2)):
        c.rect(x, y - h * ly, w, h * .05, colour, r=3)
        c.blob([(x + w * .02, y - h * ly), (x + w * .04, y - h * (ly + .08)),
                (x + w * .3, y - h * (ly + .07)),
                (x + w * .6, y - h * (ly + .1)),
                (x + w * .97, y - h * (ly + .07)), (x + w * .97, y - h * ly)],
               q, k=.6)
        c.rect(x + w * .04, y - h * (ly + .12), w * .18, h * .07,
               light(q, .6), r=h * .03)
    c.rect(x, y - h * .8, w * .6, h * .02, colour)
    for i in range(5):
        c.rect(x + w * .8, y - h * (.1 + i * .13), w * .14, h * .014,
               dark(colour, .1))
    for k in (.79, .94):
        c.rect(x + w * k, y - h * .8, t * .7, h * .8, colour)


def rug(c, x, y, rx, ry, colour="#c8643c", ring="#f0d3a0"):
    """Round patterned rug."""
    c.oval(x, y + ry * .04, rx * 1.01, ry * 1.02, "#14182b", op=.25)
    for k, col in ((1, colour), (.93, ring), (.88, colour),
                   (.62, light(colour, .25)), (.56, dark(colour, .12)),
                   (.3, ring), (.26, colour)):
        c.oval(x, y, rx * k, ry * k, col)
    for i in range(28):
        a = i * math.pi / 14
        c.oval(x + math.cos(a) * rx * .75, y + math.sin(a) * ry * .75,
               rx * .03, ry * .05, ring, op=.85)


def bench(c, x, y, w, h, colour="#b9774a"):
    """Slatted bench standing on y, left edge x."""
    for k in (.1, .9):
        c.rect(x + w * k - h * .06, y - h, h * .12, h, "#3d4048")
    for i in range(2):
        c.rect(x, y - h - i * h * .0 + i * h * .17, w, h * .13,
               light(colour, .1 - .1 * i), r=4)


# -- small things ------------------------------------------------------------
def open_book(c, x, y, w, cover="#c8503c", page="#fbf3e0", tilt=0):
    """Open book seen from the reader's side, centre at (x, y)."""
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y, tilt)):
        h = w * .34
        c.path("M0 %.1fQ%.1f %.1f %.1f %.1fV%.1fQ%.1f %.1f 0 %.1fQ%.1f %.1f "
               "%.1f %.1fV%.1fQ%.1f %.1f 0 %.1fZ" % (
                   h * .3, -w * .25, -h * .05, -w * .53, h * .1, -h * .72,
                   -w * .25, -h * .8, -h * .5, w * .25, -h * .8, w * .53,
                   -h * .72, h * .1, w * .25, -h * .05, h * .3), cover)
        for s in (-1, 1):
            c.path("M0 %.1fQ%.1f %.1f %.1f %.1fV%.1fQ%.1f %.1f 0 %.1fZ" % (
                h * .2, s * w * .25, -h * .15, s * w * .49, 0, -h * .78,
                s * w * .25, -h * .92, -h * .56), page if s < 0
                else dark(page, .06))
            for k in range(4):
                yy = -h * (.6 - k * .15)
                c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1f" % (
                    s * w * .07, yy + h * .06, s * w * .25, yy - h * .16,
                    s * w * .42, yy - h * .05), "none",
                    stroke=dark(page, .25), sw=max(1, w * .008), op=.6)


def closed_book(c, x, y, w, h, colour, tilt=0):
    """Standing or lying closed book, centre at (x, y)."""
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y, tilt)):
        c.rect(-w / 2, -h / 2, w, h, colour, r=w * .03)
        c.rect(w * .4, -h * .46, w * .1, h * .92, "#f5ecd8")
        c.rect(-w * .3, -h * .26, w * .5, h * .06, light(colour, .5))


def cup(c, x, y, size, colour="#f3eadb", steam=True):
    """Cup with handle, standing on y."""
    c.oval(x, y, size * .7, size * .1, "#14182b", op=.18)
    c.circle(x + size * .52, y - size * .5, size * .22, "none", stroke=colour,
             sw=size * .1)
    c.path("M%.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fH%.1fQ%.1f %.1f %.1f %.1fZ" % (
        x - size * .5, y - size * .85, x + size * .5, x + size * .48, y,
        x + size * .2, y, x - size * .2, x - size * .48, y, x - size * .5,
        y - size * .85), c.lin(light(colour, .3), colour, dark(colour, .15),
                               x2=1, y2=0))
    c.oval(x, y - size * .85, size * .5, size * .1, dark(colour, .1))
    c.oval(x, y - size * .84, size * .42, size * .07, "#a8652f")
    if steam:
        steam_plume(c, x, y - size, size * 1.3)


def steam_plume(c, x, y, h, n=2, colour="#ffffff"):
    """Wavy steam rising from (x, y)."""
    for i in range(n):
        px = x + (i - (n - 1) / 2) * h * .22
        c.line([(px, y), (px + h * .1, y - h * .33),
                (px - h * .08, y - h * .66), (px + h * .06, y - h)], colour,
               h * .05, curve=True, op=.42, filt=c.blur(max(1.5, h * .02)))


def teapot(c, x, y, size, colour="#8c4a35"):
    """Round clay teapot standing on y."""
    c.shadow(x, y, size * 1.1, size * .16, .4)
    c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1f" % (
        x - size * .62, y - size * .95, x - size * 1.35, y - size * .75,
        x - size * .66, y - size * .3), "none", stroke=dark(colour, .1),
        sw=size * .14)
    c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1fL%.1f %.1fQ%.1f %.1f %.1f %.1fZ" % (
        x + size * .5, y - size * .35, x + size * 1.0, y - size * .5,
        x + size * 1.15, y - size * 1.05, x + size * 1.3, y - size * 1.02,
        x + size * 1.2, y - size * .3, x + size * .5, y - size * .12), colour)
    c.blob([(x - size * .45, y), (x - size * .78, y - size * .5),
            (x - size * .5, y - size), (x + size * .5, y - size),
            (x + size * .78, y - size * .5), (x + size * .45, y)],
           c.rad(light(colour, .35), colour, dark(colour, .25), cx=.35,
                 cy=.3, r=.8))
    c.oval(x, y - size * 1.02, size * .5, size * .13, dark(colour, .15))
    c.oval(x, y - size * 1.06, size * .44, size * .12, light(colour, .1))
    c.circle(x, y - size * 1.22, size * .12, light(colour, .15))


def tea_set(c, x, y, size, tray="#8a5a38", pot_colour="#b5653f"):
    """Wooden tray with a pot and small cups, centre at (x, y)."""
    c.shadow(x, y + size * .1, size * 1.5, size * .34, .35)
    c.oval(x, y + size * .06, size * 1.3, size * .32, dark(tray, .3))
    c.oval(x, y, size * 1.3, size * .32, tray)
    c.oval(x, y, size * 1.15, size * .26, light(tray, .12))
    teapot(c, x - size * .3, y + size * .06, size * .36, pot_colour)
    for dx, dy in ((.35, -.04), (.7, .06), (.42, .18)):
        cup(c, x + size * dx, y + size * dy, size * .26, "#f3e7d2",
            steam=dx < .5)


def parcel(c, x, y, w, h, colour="#c99a63", tape="#e9d2a8", tilt=0):
    """Cardboard box standing on y, centre x."""
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y, tilt)):
        c.rect(-w / 2, -h, w, h, c.lin(light(colour, .12), dark(colour, .08)),
               r=3)
        c.rect(-w * .07, -h, w * .14, h, tape, op=.85)
        c.rect(w * .16, -h * .5, w * .26, h * .3, "#fbf6ea")
        for k in range(3):
            c.rect(w * .19, -h * (.44 - k * .08), w * (.2 - .05 * k), h * .03,
                   "#8a8078")
        c.rect(w * .38, -h, w * .12, h, "#14182b", op=.1)


def umbrella(c, x, y, r, colour="#d8493a", tilt=0, handle=1.3):
    """Open umbrella; (x, y) is the centre of the rim."""
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y, tilt)):
        c.line([(0, -r * .7), (0, r * handle)], "#3a3440", r * .03)
        c.path("M%.1f 0C%.1f %.1f %.1f %.1f %.1f 0Q%.1f %.1f %.1f 0Q%.1f %.1f "
               "%.1f 0Q%.1f %.1f %.1f 0Q%.1f %.1f %.1f 0Z" % (
                   -r, -r * .9, -r * 1.05, r * .9, -r * 1.05, r,
                   r * .75, -r * .14, r * .5, r * .25, -r * .14, 0,
                   -r * .25, -r * .14, -r * .5, -r * .75, -r * .14, -r),
               colour)
        c.path("M0 %.1fC%.1f %.1f %.1f %.1f %.1f 0Q%.1f %.1f 0 0Z" % (
            -r * .8, -r * .2, -r * .6, -r * .45, -r * .3, -r * .5, -r * .25,
            -r * .14), light(colour, .22))
        c.path("M0 %.1fC%.1f %.1f %.1f %.1f %.1f 0Q%.1f %.1f %.1f 0Z" % (
            -r * .8, r * .5, -r * .7, r * .95, -r * .4, r, r * .75, -r * .14,
            r * .5), dark(colour, .18))


def phone(c, x, y, w, screen="#eaf4fb", body="#22304a", tilt=0):
    """Phone body centred at (x, y); returns the screen box size."""
    h = w * 2
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y, tilt)):
        c.rect(-w / 2, -h / 2, w, h, body, r=w * .14)
        c.rect(-w * .45, -h * .46, w * .9, h * .92, screen, r=w * .09)
        c.rect(-w * .14, -h * .445, w * .28, h * .02, body, r=w * .02)
    return w * .9, h * .92


def code_block(c, x, y, size, n=13, dark_tone="#1e3a5f", paper="#ffffff"):
    """Square of random modules; decorative, never a valid code."""
    c.rect(x, y, size, size, paper, r=size * .06)
    m = size * .84 / n
    for i in range(n):
        for j in range(n):
            if c.rng.random() < .45:
                c.rect(x + size * .08 + i * m, y + size * .08 + j * m, m * .9,
                       m * .9, dark_tone, r=m * .2)


def bike(c, x, y, size, colour="#2f8f7a", face=1, basket=True):
    """Bicycle on y; x is the middle of the wheelbase, size the wheel base."""
    r, s = size * .31, face
    back, front = (x - s * size * .5, y - r), (x + s * size * .5, y - r)
    for wx, wy in (back, front):
        c.circle(wx, wy, r, "none", stroke="#23272f", sw=size * .035)
        c.circle(wx, wy, r * .92, "none", stroke="#b9c1c4", sw=size * .01)
        for i in range(8):
            a = i * math.pi / 4 + .2
            c.line([(wx, wy), (wx + math.cos(a) * r * .9,
                               wy + math.sin(a) * r * .9)], "#aab4b8",
                   size * .006)
    crank = (x - s * size * .05, y - r * .95)
    seat = (x - s * size * .2, y - r * 2.35)
    head = (x + s * size * .36, y - r * 2.3)
    bar = (x + s * size * .34, y - r * 2.75)
    for a, b in ((back, crank), (back, (seat[0] + s * size * .03,
                                        seat[1] + r * .45)), (crank, seat),
                 (crank, head), (head, front), (head, bar)):
        c.line([a, b], colour, size * .032)
    c.line([(seat[0] + s * size * .05, seat[1] + r * .6), head],
           light(colour, .2), size * .03, op=.9)
    c.path("M%.1f %.1fh%.1fq%.1f %.1f %.1f %.1fz" % (
        seat[0] - s * size * .1, seat[1] - size * .03, s * size * .22,
        -s * size * .04, size * .05, -s * size * .2, size * .06), "#2a2430")
    c.line([bar, (bar[0] - s * size * .1, bar[1] - size * .01)], "#2a2430",
           size * .03)
    c.circle(crank[0], crank[1], size * .05, "#4a525a")
    c.line([crank, (crank[0] + s * size * .06, crank[1] + size * .1)],
           "#4a525a", size * .016)
    for wx in (back[0], front[0]):
        c.path("M%.1f %.1fA%.1f %.1f 0 0 1 %.1f %.1f" % (
            wx - r * 1.04, y - r * 1.3, r * 1.1, r * 1.1, wx + r * 1.04,
            y - r * 1.3), "none", stroke=dark(colour, .15), sw=size * .02)
    if basket:
        bx = x + s * size * .5
        c.poly([(bx - size * .11, bar[1] + size * .02),
                (bx + size * .12, bar[1] + size * .02),
                (bx + size * .09, bar[1] + size * .19),
                (bx - size * .08, bar[1] + size * .19)], "#b98a55")
        for k in (.07, .12):
            c.line([(bx - size * .1, bar[1] + size * k),
                    (bx + size * .11, bar[1] + size * k)], "#8a6238",
                   size * .008)


def basket(c, x, y, w, h, colour="#c79355"):
    """Woven basket standing on y, centre x."""
    c.shadow(x, y, w * .6, h * .14)
    shape = "M%.1f %.1fH%.1fL%.1f %.1fQ%.1f %.1f %.1f %.1fZ" % (
        x - w * .5, y - h, x + w * .5, x + w * .4, y, x, y + h * .1,
        x - w * .4, y)
    c.path(shape, c.lin(light(colour, .1), dark(colour, .2)))
    with c.group(clip=shape):
        n = max(3, int(h / (w * .09)))
        for r in range(n + 1):
            for k in range(12):
                px = x - w * .5 + (k + (r % 2) * .5) * w / 11.5
                c.rect(px, y - h + r * h / n, w * .06, h / n * .72,
                       light(colour, .28), r=w * .012, op=.75)
    c.rect(x - w * .53, y - h - h * .05, w * 1.06, h * .12,
           light(colour, .15), r=h * .06)


def watering_can(c, x, y, size, colour="#3f8f8a", face=1, tilt=0):
    """Watering can with spout to the facing side, base centre (x, y)."""
    with c.group(transform="translate(%.1f %.1f) scale(%d 1) rotate(%.1f)"
                 % (x, y, face, tilt)):
        u = size
        c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1f" % (
            -u * .3, -u * .75, -u * .85, -u * .7, -u * .36, -u * .15), "none",
            stroke=dark(colour, .15), sw=u * .08)
        c.poly([(u * .3, -u * .2), (u * .9, -u * .75), (u * .96, -u * .68),
                (u * .36, -u * .02)], dark(colour, .1))
        c.poly([(u * .82, -u * .84), (u * 1.06, -u * .66), (u * 1.0, -u * .6),
                (u * .78, -u * .74)], light(colour, .2))
        c.rect(-u * .4, -u * .7, u * .78, u * .7, c.lin(
            light(colour, .2), colour, dark(colour, .2), x2=1, y2=0),
            r=u * .08)
        c.oval(0, -u * .7, u * .37, u * .08, dark(colour, .3))


def tomato(c, x, y, r, colour="#e0452f"):
    """Ripe tomato with calyx."""
    c.oval(x, y, r * 1.06, r, c.rad(light(colour, .4), colour,
                                    dark(colour, .25), cx=.36, cy=.3, r=.75))
    for i in range(5):
        leaf(c, x, y - r * .86, r * .55, -100 + i * 50, "#3f7d45", .18,
             vein=False)
    c.line([(x, y - r * .85), (x + r * .1, y - r * 1.2)], "#3f7d45", r * .1)
    c.oval(x - r * .38, y - r * .4, r * .16, r * .26, "#ffffff", op=.4)


def toolbox(c, x, y, w, colour="#e0563f"):
    """Tool box standing on y, centre x."""
    h = w * .48
    c.shadow(x, y, w * .6, h * .16)
    c.path("M%.1f %.1fV%.1fQ%.1f %.1f %.1f %.1fQ%.1f %.1f %.1f %.1fV%.1f" % (
        x - w * .22, y - h, y - h * 1.2, x - w * .22, y - h * 1.36,
        x - w * .12, y - h * 1.36, x + w * .22, y - h * 1.36, x + w * .22,
        y - h * 1.2, y - h), "none", stroke="#2a2f3a", sw=w * .05)
    c.rect(x - w * .5, y - h, w, h, c.lin(light(colour, .12),
                                          dark(colour, .18)), r=w * .04)
    c.rect(x - w * .5, y - h * .66, w, h * .1, "#2a2f3a", op=.7)
    for k in (-.3, .3):
        c.rect(x + w * k - w * .05, y - h * .74, w * .1, h * .24, "#f1d9a0",
               r=3)


def extinguisher(c, x, y, h, colour="#d8362c"):
    """Fire extinguisher standing on y."""
    w = h * .3
    c.shadow(x, y, w * .9, h * .05)
    c.line([(x + w * .1, y - h * .93), (x + w * .75, y - h * .85),
            (x + w * .62, y - h * .35)], "#23272f", h * .03, curve=True)
    c.rect(x - w * .5, y - h * .8, w, h * .8, c.lin(
        light(colour, .3), colour, dark(colour, .3), x2=1, y2=0), r=w * .35)
    c.rect(x - w * .5, y - h * .55, w, h * .24, "#f8efe0")
    c.circle(x, y - h * .43, w * .18, colour)
    c.rect(x - w * .14, y - h * .9, w * .28, h * .12, "#3a3f48")
    c.line([(x - w * .15, y - h * .93), (x + w * .5, y - h * .99)], "#3a3f48",
           h * .035)


def washer(c, x, y, w, h, body="#f3f7f9", door_tone="#3f6f96", on=True):
    """Front loading washing machine standing on y."""
    c.rect(x, y - h, w, h, c.lin(light(body, .5), body, dark(body, .1)),
           r=w * .04)
    c.rect(x + w * .06, y - h * .94, w * .34, h * .12, dark(body, .1),
           r=w * .02)
    c.circle(x + w * .6, y - h * .88, w * .05, dark(body, .3))
    c.rect(x + w * .72, y - h * .92, w * .2, h * .08,
           "#4fd1c5" if on else "#e8735f", r=w * .02)
    cx, cy, r = x + w * .5, y - h * .42, w * .34
    c.circle(cx, cy, r, dark(body, .22))
    c.circle(cx, cy, r * .88, light(body, .6))
    c.circle(cx, cy, r * .72, c.rad(light(door_tone, .4), door_tone,
                                    dark(door_tone, .35), cx=.4, cy=.35,
                                    r=.8))
    if on:
        with c.group(clip="M%.1f %.1fa%.1f %.1f 0 1 0 %.1f 0a%.1f %.1f 0 1 0 "
                     "%.1f 0" % (cx - r * .7, cy, r * .7, r * .7, r * 1.4,
                                 r * .7, r * .7, -r * 1.4)):
            for _ in range(5):
                c.oval(cx + c.rng.uniform(-.5, .5) * r,
                       cy + c.rng.uniform(0, .6) * r, r * .4, r * .22,
                       c.rng.choice(("#e8735f", "#f2d9a0", "#a8d8e8",
                                     "#ffffff")), op=.85)
            for _ in range(7):
                c.circle(cx + c.rng.uniform(-.6, .6) * r,
                         cy + c.rng.uniform(-.2, .6) * r, r * .07, "#ffffff",
                         op=.7)
    c.path("M%.1f %.1fA%.1f %.1f 0 0 1 %.1f %.1f" % (
        cx - r * .5, cy - r * .1, r * .55, r * .55, cx, cy - r * .55), "none",
        stroke="#ffffff", sw=r * .08, stroke_linecap="round", op=.7)


def garment(c, x, y, size, kind, colour):
    """Laundry hanging from y (line level), centred on x."""
    s = size
    if kind == "shirt":
        c.path("M%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fq%.1f %.1f "
               "%.1f 0l%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fq%.1f %.1f "
               "%.1f 0z" % (
                   x - s * .16, y, -s * .3, s * .16, s * .1, s * .24, s * .14,
                   -s * .07, -s * .02, s * .6, s * .24, s * .05, s * .48,
                   -s * .02, -s * .6, s * .14, s * .07, s * .1, -s * .24,
                   -s * .3, -s * .16, -s * .16, s * .12, -s * .32), colour)
        c.path("M%.1f %.1fq%.1f %.1f %.1f %.1f" % (
            x - s * .1, y + s * .35, s * .06, s * .25, 0, s * .5), "none",
            stroke=dark(colour, .16), sw=s * .02)
    elif kind == "trousers":
        c.poly([(x - s * .2, y), (x + s * .2, y), (x + s * .26, y + s * .95),
                (x + s * .06, y + s * .95), (x, y + s * .34),
                (x - s * .06, y + s * .95), (x - s * .26, y + s * .95)],
               colour)
        c.rect(x - s * .2, y, s * .4, s * .07, dark(colour, .18))
    elif kind == "sock":
        for k in (-.1, .1):
            c.path("M%.1f %.1fh%.1fv%.1fq0 %.1f %.1f %.1fh%.1fq%.1f 0 %.1f "
                   "%.1fz" % (x + k * s - s * .05, y, s * .1, s * .24,
                              s * .1, s * .13, s * .1, -s * .16, -s * .09,
                              -s * .07, -s * .1), colour)
    else:
        c.path("M%.1f %.1fh%.1fq%.1f %.1f 0 %.1fq%.1f %.1f %.1f 0q%.1f %.1f 0 "
               "%.1fz" % (x - s * .3, y, s * .6, s * .03, s * .4, s * .8,
                          -s * .3, s * .06, -s * .6, -s * .03, -s * .4,
                          -s * .8), colour)
        for k in (.62, .7):
            c.rect(x - s * .29, y + s * k, s * .58, s * .03, light(colour, .5))
    for k in (-.13, .13):
        c.rect(x + s * k - s * .018, y - s * .05, s * .036, s * .11, "#d9a066",
               r=2)


def cloud(c, x, y, w, colour="#ffffff", op=0.9):
    """Flat-bottomed cloud."""
    with c.group(op=op):
        for dx, dy, r in ((-.32, 0, .14), (-.12, -.08, .2), (.12, -.05, .18),
                          (.32, .01, .12)):
            c.circle(x + dx * w, y + dy * w, r * w, colour)
        c.rect(x - w * .42, y, w * .82, w * .13, colour, r=w * .065)


def heater(c, x, y, w, h, tube="#2f4a72", tank="#dfe6ea"):
    """Solar water heater with slanted vacuum tubes, standing on y."""
    c.poly([(x - w * .02, y - h * .8), (x + w * 1.02, y - h * .8),
            (x + w * .96, y - h * .06), (x - w * .08, y - h * .06)],
           dark(tube, .45))
    for k in (.1, .85):
        c.line([(x + w * (k + .08), y - h * .8), (x + w * (k + .12), y)],
               "#7a8590", max(3, w * .022))
    for i in range(12):
        t = i / 11
        c.line([(x + w * t, y - h * .8), (x + w * t - w * .06,
                                               y - h * .04)],
               light(tube, .1 + .25 * (i % 2)), w * .045)
    c.rect(x - w * .1, y - h * .05, w * 1.08, h * .06, "#8b98a5", r=3)
    c.rect(x - w * .06, y - h, w * 1.12, h * .26, c.lin(
        light(tank, .6), tank, dark(tank, .3)), r=h * .13)


def frame(c, x, y, w, h, border="#f7f0e2", edge=None, style=0, palette=None):
    """Framed abstract painting."""
    edge = edge or dark(border, .3)
    palette = palette or ("#d9573f", "#e9a93f", "#2f6f74", "#f4e5c8",
                          "#344a6b", "#e79a86")
    t = min(w, h) * .07
    c.rect(x + t * .5, y + t * .7, w, h, "#14182b", op=.25,
           filt=c.blur(max(3, t * .4)))
    c.rect(x, y, w, h, edge)
    c.rect(x + t * .3, y + t * .3, w - t * .6, h - t * .6, border)
    ix, iy, iw, ih = x + t, y + t, w - 2 * t, h - 2 * t
    box = "M%.1f %.1fh%.1fv%.1fh%.1fz" % (ix, iy, iw, ih, -iw)
    p = list(palette)
    c.rng.shuffle(p)
    c.path(box, c.lin(light(p[0], .3), p[0]))
    with c.group(clip=box):
        painting(c, ix, iy, iw, ih, style, p)


def painting(c, x, y, w, h, style, p):
    """One of six abstract compositions."""
    if style == 0:
        c.circle(x + w * .62, y + h * .36, min(w, h) * .25, p[1])
        for i in range(4):
            k = .5 + i * .14
            c.path("M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fV%.1fH%.1fZ" % (
                x, y + h * (k + .05), x + w * .3, y + h * (k - .16),
                x + w * .6, y + h * (k + .16), x + w, y + h * (k - .04),
                y + h, x), mix(p[2], p[4], i / 3))
    elif style == 1:
        for i in range(9):
            a = c.rng.choice((0, .5, 1))
            c.rect(x + w * (i % 3) / 3, y + h * (i // 3) / 3, w / 3, h / 3,
                   p[i % 6])
            c.circle(x + w * (i % 3 + a) / 3, y + h * (i // 3 + .5) / 3,
                     w / 6, p[(i + 2) % 6])
    elif style == 2:
        for i in range(7):
            k = 1 - i * .13
            c.blob([(x + w * (.5 + .6 * math.cos(j * 1.05 + i) * k),
                     y + h * (.5 + .55 * math.sin(j * 1.05 + i) * k))
                    for j in range(6)], p[i % 6], op=.9)
    elif style == 3:
        for i in range(11):
            px = x + w * i / 11
            c.rect(px, y + h * c.rng.uniform(0, .6), w / 12.5, h, p[i % 6],
                   r=w / 26)
    elif style == 4:
        c.poly([(x, y + h), (x + w * .4, y + h * .3), (x + w * .75, y + h)],
               p[2])
        c.poly([(x + w * .4, y + h), (x + w * .72, y + h * .45),
                (x + w, y + h)], p[4])
        c.circle(x + w * .75, y + h * .24, w * .12, p[3])
        for i in range(5):
            c.line([(x, y + h * (.75 + i * .06)), (x + w, y + h
                                                   * (.7 + i * .06))], p[1],
                   h * .012, op=.7)
    else:
        for i in range(16):
            ax, ay = c.rng.random(), c.rng.random()
            leaf(c, x + w * ax, y + h * (.4 + .6 * ay), h * .4,
                 c.rng.uniform(-50, 50), p[i % 6], .3)


def pin(c, x, y, r, colour="#e8604c"):
    """Map pin with its point at (x, y)."""
    c.oval(x, y, r * .5, r * .16, "#14182b", op=.3)
    c.path("M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fA%.1f %.1f 0 1 1 %.1f "
           "%.1fC%.1f %.1f %.1f %.1f %.1f %.1fZ" % (
               x, y, x - r * .3, y - r * .8, x - r, y - r * 1.2, x - r,
               y - r * 2, r, r, x + r, y - r * 2, x + r, y - r * 1.2,
               x + r * .3, y - r * .8, x, y), c.lin(light(colour, .2), colour))
    c.circle(x, y - r * 2, r * .46, "#ffffff")


def shield(c, x, y, size, colour="#2f9e78"):
    """Shield with a tick, centred at (x, y)."""
    s = size
    d = ("M%.1f %.1fQ%.1f %.1f %.1f %.1fV%.1fQ%.1f %.1f %.1f %.1fQ%.1f %.1f "
         "%.1f %.1fV%.1fQ%.1f %.1f %.1f %.1fZ")
    for k, col in ((1, light(colour, .45)), (.86, colour)):
        w, h = s * k, s * 1.12 * k
        c.path(d % (x, y - h, x + w * .5, y - h * .72, x + w * .88,
                    y - h * .72, y, x + w * .85, y + h * .7, x, y + h,
                    x - w * .85, y + h * .7, x - w * .88, y, y - h * .72,
                    x - w * .5, y - h * .72, x, y - h),
               c.lin(light(col, .2), dark(col, .12)))
    c.line([(x - s * .34, y), (x - s * .06, y + s * .28),
            (x + s * .4, y - s * .3)], "#ffffff", s * .16)


def moon(c, x, y, r, colour="#fff0c8"):
    """Moon with a halo."""
    c.glow(x, y, r * 4.5, colour, .45)
    c.circle(x, y, r, colour)
    for dx, dy, k in ((-.3, -.2, .2), (.25, .3, .15), (.3, -.3, .1)):
        c.circle(x + dx * r, y + dy * r, r * k, dark(colour, .1), op=.5)


def stars(c, n, w, h, colour="#fff3d6"):
    """Small round night stars."""
    for _ in range(n):
        c.circle(c.rng.random() * w, c.rng.random() * h,
                 c.rng.uniform(1, 3.4), colour, op=c.rng.uniform(.25, .9))


def hand(c, x, y, size, angle, skin, sleeve, grip=False):
    """Large forearm with a hand for close-ups; angle 0 points up."""
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y,
                                                                  angle)):
        s = size
        c.path(capsule((0, s * 1.6), (0, s * .35), s * .3, s * .22), skin)
        c.path(capsule((0, s * 5), (0, s * 1.35), s * .62, s * .38), sleeve)
        c.rect(-s * .4, s * 1.0, s * .8, s * .26, light(sleeve, .2),
               r=s * .1)
        c.path(capsule((-s * .2, s * .3), (-s * .46, -s * .16), s * .14,
                       s * .1), dark(skin, .05))
        c.blob([(-s * .26, s * .4), (-s * .28, -s * .1), (0, -s * .26),
                (s * .28, -s * .1), (s * .24, s * .4)], skin)
        for i in range(4):
            fx = -s * .2 + i * s * .135
            ln = s * (.2 if grip else (.42, .52, .48, .36)[i])
            c.path(capsule((fx, -s * .1), (fx * 1.15, -s * .12 - ln),
                           s * .085, s * .07), skin)
            if i:
                c.line([(fx - s * .067, -s * .05), (fx - s * .075,
                                                    -s * .12 - ln * .7)],
                       dark(skin, .18), s * .018, op=.7)
