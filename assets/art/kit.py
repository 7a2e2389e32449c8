"""Small SVG canvas: colours, gradients, light, perspective and grain."""

import math
import random
from contextlib import contextmanager


def rgb(colour):
    """'#rrggbb' -> (r, g, b)."""
    return tuple(int(colour[i:i + 2], 16) for i in (1, 3, 5))


def mix(a, b, t):
    """Blend colour a towards colour b by t (0..1)."""
    return "#" + "".join("%02x" % round(p + (q - p) * t)
                         for p, q in zip(rgb(a), rgb(b)))


def dark(colour, t=0.2):
    """A cooler, darker version of a colour."""
    return mix(colour, "#14182b", t)


def light(colour, t=0.2):
    """A warmer, lighter version of a colour."""
    return mix(colour, "#fff8ea", t)


def smooth(points, closed=True, k=0.5):
    """Catmull-Rom path data through the points."""
    n = len(points)
    d = "M%.1f %.1f" % points[0]
    for i in range(n if closed else n - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + j - 1) % n] for j in range(4))
        else:
            p0, p1 = points[max(i - 1, 0)], points[i]
            p2, p3 = points[i + 1], points[min(i + 2, n - 1)]
        s = k / 3
        d += " C%.1f %.1f %.1f %.1f %.1f %.1f" % (
            p1[0] + (p2[0] - p0[0]) * s, p1[1] + (p2[1] - p0[1]) * s,
            p2[0] - (p3[0] - p1[0]) * s, p2[1] - (p3[1] - p1[1]) * s,
            p2[0], p2[1])
    return d + ("Z" if closed else "")


def capsule(p, q, r1, r2):
    """Path data of a tapered limb between two circles."""
    dx, dy = q[0] - p[0], q[1] - p[1]
    length = math.hypot(dx, dy)
    if length < 0.01:
        p, length, dx = (p[0] - 0.01, p[1]), 0.01, 0.01
    cos_t = max(-1, min(1, (r1 - r2) / length))
    base, spread = math.atan2(dy, dx), math.acos(cos_t)
    a, b = base + spread, base - spread
    pts = (p[0] + r1 * math.cos(a), p[1] + r1 * math.sin(a),
           p[0] + r1 * math.cos(b), p[1] + r1 * math.sin(b),
           q[0] + r2 * math.cos(b), q[1] + r2 * math.sin(b),
           q[0] + r2 * math.cos(a), q[1] + r2 * math.sin(a))
    return ("M%.1f %.1f A%.1f %.1f 0 1 1 %.1f %.1f L%.1f %.1f "
            "A%.1f %.1f 0 0 1 %.1f %.1fZ" % (
                pts[0], pts[1], r1, r1, pts[2], pts[3], pts[4], pts[5],
                r2, r2, pts[6], pts[7]))


class Canvas:
    """Collects SVG elements; every colour passes through the current mood."""

    def __init__(self, w, h, seed):
        self.w, self.h = w, h
        self.rng = random.Random(seed)
        self.defs, self.body = [], []
        self.cache = {}
        self.moods = []

    # -- colours, gradients and filters ------------------------------------
    def tone(self, colour):
        """Apply the active moods to a plain colour."""
        if colour.startswith("#"):
            for tint, amount in reversed(self.moods):
                colour = mix(colour, tint, amount)
        return colour

    @contextmanager
    def mood(self, tint, amount):
        """Tint everything drawn inside towards one colour."""
        self.moods.append((tint, amount))
        yield
        self.moods.pop()

    def define(self, text):
        """Store a definition once and return its id."""
        if text not in self.cache:
            name = "d%d" % len(self.cache)
            self.cache[text] = name
            self.defs.append(text.replace("@ID", name))
        return self.cache[text]

    def _stops(self, stops):
        out = ""
        for i, stop in enumerate(stops):
            colour, opacity = stop[0], stop[1] if len(stop) > 1 else 1
            pos = stop[2] if len(stop) > 2 else i / (len(stops) - 1)
            out += ('<stop offset="%.3f" stop-color="%s" stop-opacity="%.3f"/>'
                    % (pos, self.tone(colour), opacity))
        return out

    def lin(self, *stops, x1=0, y1=0, x2=0, y2=1):
        """Linear gradient; a stop is a colour or (colour, alpha[, pos])."""
        stops = [(s,) if isinstance(s, str) else s for s in stops]
        return "url(#%s)" % self.define(
            '<linearGradient id="@ID" x1="%g" y1="%g" x2="%g" y2="%g">%s'
            '</linearGradient>' % (x1, y1, x2, y2, self._stops(stops)))

    def rad(self, *stops, cx=0.5, cy=0.5, r=0.5):
        """Radial gradient fill."""
        stops = [(s,) if isinstance(s, str) else s for s in stops]
        return "url(#%s)" % self.define(
            '<radialGradient id="@ID" cx="%g" cy="%g" r="%g">%s'
            '</radialGradient>' % (cx, cy, r, self._stops(stops)))

    def blur(self, size):
        """Gaussian blur filter reference."""
        return "url(#%s)" % self.define(
            '<filter id="@ID" x="-60%%" y="-60%%" width="220%%" '
            'height="220%%"><feGaussianBlur stdDeviation="%g"/></filter>'
            % size)

    # -- elements ----------------------------------------------------------
    def add(self, tag, fill="none", **attrs):
        """Append one element; underscores become dashes, None is skipped."""
        out = '<%s fill="%s"' % (tag, self.tone(fill))
        for key, value in attrs.items():
            if value is None:
                continue
            if key in ("op", "sw", "blend", "filt"):
                key, value = {
                    "op": ("opacity", value), "sw": ("stroke-width", value),
                    "blend": ("style", "mix-blend-mode:%s" % value),
                    "filt": ("filter", value)}[key]
            if key == "stroke":
                value = self.tone(value)
            if isinstance(value, float):
                value = "%.2f" % value
            out += ' %s="%s"' % (key.replace("_", "-"), value)
        self.body.append(out + "/>")

    def rect(self, x, y, w, h, fill, r=0, **attrs):
        """Rectangle with optional rounded corners."""
        self.add("rect", fill, x=float(x), y=float(y), width=float(w),
                 height=float(h), rx=r or None, **attrs)

    def circle(self, x, y, r, fill, **attrs):
        """Circle."""
        self.add("circle", fill, cx=float(x), cy=float(y), r=float(r), **attrs)

    def oval(self, x, y, rx, ry, fill, **attrs):
        """Ellipse."""
        self.add("ellipse", fill, cx=float(x), cy=float(y), rx=float(rx),
                 ry=float(ry), **attrs)

    def path(self, d, fill="none", **attrs):
        """Path from path data."""
        self.add("path", fill, d=d, **attrs)

    def poly(self, points, fill, **attrs):
        """Closed polygon."""
        self.path("M" + "L".join("%.1f %.1f" % tuple(p) for p in points)
                  + "Z", fill, **attrs)

    def blob(self, points, fill, k=1, **attrs):
        """Smooth closed shape through the points."""
        self.path(smooth(points, True, k * 0.5), fill, **attrs)

    def line(self, points, stroke, sw, curve=False, **attrs):
        """Round-capped open stroke."""
        d = smooth(points, False) if curve else \
            "M" + "L".join("%.1f %.1f" % tuple(p) for p in points)
        self.path(d, "none", stroke=stroke, sw=float(sw),
                  stroke_linecap="round", stroke_linejoin="round", **attrs)

    @contextmanager
    def group(self, transform=None, op=None, clip=None, blend=None, filt=None):
        """Group; clip is path data of the clipping shape."""
        out = "<g"
        if transform:
            out += ' transform="%s"' % transform
        if op is not None:
            out += ' opacity="%g"' % op
        if clip:
            out += ' clip-path="url(#%s)"' % self.define(
                '<clipPath id="@ID"><path d="%s"/></clipPath>' % clip)
        if blend:
            out += ' style="mix-blend-mode:%s"' % blend
        if filt:
            out += ' filter="%s"' % filt
        self.body.append(out + ">")
        yield
        self.body.append("</g>")

    # -- light -------------------------------------------------------------
    def backdrop(self, *stops, **kw):
        """Fill the whole picture with a gradient."""
        self.rect(0, 0, self.w, self.h, self.lin(*stops, **kw))

    def shadow(self, x, y, rx, ry, op=0.35, colour="#14182b"):
        """Soft contact shadow on the floor."""
        self.oval(x, y, rx, ry, self.rad(
            (colour, op), (colour, op * 0.7, 0.45), (colour, 0, 1)))

    def glow(self, x, y, r, colour="#ffd78a", op=0.7, ry=None):
        """Round soft light (screen blend)."""
        self.oval(x, y, r, ry or r, self.rad(
            (colour, op, 0), (colour, op * 0.45, 0.3),
            (colour, op * 0.12, 0.65), (colour, 0, 1)), blend="screen")

    def cone(self, x, y, w1, w2, h, colour="#ffe2a0", op=0.35, skew=0):
        """Light cone falling from a lamp."""
        self.poly([(x - w1, y), (x + w1, y), (x + skew + w2, y + h),
                   (x + skew - w2, y + h)],
                  self.lin((colour, op), (colour, op * 0.45), (colour, 0)),
                  blend="screen", filt=self.blur(max(4, w1 * 0.25)))

    def beam(self, points, colour="#fff3cf", op=0.3, soft=10):
        """Slanted sunbeam over the given quad."""
        self.poly(points, self.lin((colour, op), (colour, 0)),
                  blend="screen", filt=self.blur(soft))

    def vignette(self, colour="#0e1226", op=0.45):
        """Darken the corners."""
        self.rect(0, 0, self.w, self.h, self.rad(
            (colour, 0, 0), (colour, 0, 0.55), (colour, op, 1), r=0.75),
            blend="multiply")

    def wash(self, colour, op=0.2, blend="soft-light"):
        """Colour grade of the whole picture."""
        self.rect(0, 0, self.w, self.h, colour, op=op, blend=blend)

    def grain(self, op=0.16, freq=0.7):
        """Paper grain."""
        name = self.define(
            '<filter id="@ID" x="0" y="0" width="100%%" height="100%%">'
            '<feTurbulence type="fractalNoise" baseFrequency="%g" '
            'numOctaves="2" seed="7"/><feColorMatrix type="saturate" '
            'values="0"/></filter>' % freq)
        with self.group(op=op, blend="soft-light"):
            self.rect(0, 0, self.w, self.h, "#808080", filt="url(#%s)" % name)

    def specks(self, n, box, size, colour, op=(0.2, 0.8), slant=None):
        """Dust, snow or (with slant) rain inside box = (x, y, w, h)."""
        x, y, w, h = box
        for _ in range(n):
            px, py = x + self.rng.random() * w, y + self.rng.random() * h
            s = self.rng.uniform(*size)
            alpha = self.rng.uniform(*op)
            if slant is None:
                self.circle(px, py, s, colour, op=alpha)
            else:
                self.line([(px, py), (px + slant * s, py + s)], colour,
                          max(1.2, s * 0.035), op=alpha)

    def svg(self):
        """The finished document."""
        return ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" '
                'height="%d" viewBox="0 0 %d %d"><defs>%s</defs>%s</svg>' % (
                    self.w, self.h, self.w, self.h, "".join(self.defs),
                    "\n".join(self.body)))


class Cam:
    """One-point perspective in metres: X right, Y up, Z away."""

    def __init__(self, cx, cy, f, eye=1.6):
        self.cx, self.cy, self.f, self.eye = cx, cy, f, eye

    def p(self, x, y, z):
        """Screen position of a point."""
        k = self.f / z
        return (self.cx + k * x, self.cy + k * (self.eye - y))

    def s(self, z):
        """Pixels per metre at depth z."""
        return self.f / z

    def floor(self, x1, x2, z1, z2, y=0):
        """Horizontal rectangle."""
        return [self.p(x1, y, z1), self.p(x2, y, z1),
                self.p(x2, y, z2), self.p(x1, y, z2)]

    def side(self, x, z1, z2, y1, y2):
        """Rectangle on a side wall."""
        return [self.p(x, y1, z1), self.p(x, y1, z2),
                self.p(x, y2, z2), self.p(x, y2, z1)]

    def front(self, x1, x2, y1, y2, z):
        """Rectangle facing the viewer."""
        return [self.p(x1, y1, z), self.p(x2, y1, z),
                self.p(x2, y2, z), self.p(x1, y2, z)]

    def box(self, c, x1, x2, y1, y2, z1, z2, colour):
        """Shaded box (z1 is the near face)."""
        if y2 < self.eye:
            c.poly(self.floor(x1, x2, z1, z2, y2), light(colour, 0.2))
        if y1 > self.eye:
            c.poly(self.floor(x1, x2, z1, z2, y1), dark(colour, 0.3))
        if x1 > 0:
            c.poly(self.side(x1, z1, z2, y1, y2), dark(colour, 0.18))
        if x2 < 0:
            c.poly(self.side(x2, z1, z2, y1, y2), dark(colour, 0.18))
        c.poly(self.front(x1, x2, y1, y2, z1), colour)
