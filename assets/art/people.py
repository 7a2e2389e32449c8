"""Stylised figures built from jointed limbs."""

import math

from kit import capsule, dark, light, mix

SKIN = ("#f6d3b8", "#eec09c", "#e0a97f", "#cf9468", "#f9dcc6")
HAIR = ("#2a2430", "#3b2a2a", "#1f2433", "#4a3428", "#2f2f3a")

# Angles in degrees: 0 down, 90 forward, 180 up, negative backward.
# arm/leg = (upper, lower); n = near side, f = far side.
POSES = {
    "stand": dict(an=(8, 16), af=(-6, 10), ln=(3, 0), lf=(-4, -3)),
    "front": dict(an=(11, 6), af=(-11, -6), ln=(4, 1), lf=(-4, -1)),
    "hips": dict(an=(38, -35), af=(-11, -6), ln=(6, 2), lf=(-6, -2)),
    "walk": dict(an=(-24, -2), af=(26, 46), ln=(24, 10), lf=(-16, -34),
                 lean=4),
    "run": dict(an=(-40, 30), af=(40, 110), ln=(48, 6), lf=(-22, -70),
                lean=12),
    "sit": dict(an=(22, 78), af=(34, 84), ln=(86, 4), lf=(80, -6)),
    "sitread": dict(an=(24, 105), af=(40, 108), ln=(86, 2), lf=(80, -8),
                    lean=6, nod=16),
    "sitwrite": dict(an=(38, 92), af=(52, 86), ln=(86, 0), lf=(82, -10),
                     lean=16, nod=20),
    "sitlisten": dict(an=(16, 60), af=(26, 66), ln=(86, -4), lf=(82, 8),
                      lean=4),
    "sittalk": dict(an=(48, 118), af=(20, 66), ln=(86, 4), lf=(80, -6),
                    lean=3),
    "sitfront": dict(an=(16, -28), af=(-16, 28), ln=(14, 2), lf=(-14, -2),
                     thigh=0.32),
    "floor": dict(an=(26, 60), af=(34, 70), ln=(74, 292), lf=(92, 262),
                  thigh=0.86, shin=0.82, lean=2),
    "point": dict(an=(100, 128), af=(-4, 20), ln=(4, 0), lf=(-6, -4)),
    "present": dict(an=(-70, -100), af=(16, 60), ln=(5, 1), lf=(-6, -4)),
    "carry": dict(an=(16, 86), af=(28, 88), ln=(10, 2), lf=(-8, -10)),
    "carrywalk": dict(an=(14, 84), af=(26, 88), ln=(22, 8), lf=(-14, -32),
                      lean=-3),
    "push": dict(an=(42, 78), af=(52, 80), ln=(24, 8), lf=(-18, -30), lean=8),
    "knock": dict(an=(62, 138), af=(6, 40), ln=(6, 2), lf=(-8, -6), lean=3),
    "phone": dict(an=(18, 120), af=(-4, 14), ln=(4, 1), lf=(-5, -4), nod=14),
    "reach": dict(an=(136, 158), af=(120, 150), ln=(4, 0), lf=(-8, -12),
                  nod=-14),
    "wave": dict(an=(102, 156), af=(-8, 6), ln=(4, 0), lf=(-5, -3)),
    "crouch": dict(an=(36, 62), af=(48, 70), ln=(102, -24), lf=(74, -48),
                   lean=26, nod=10),
    "kneel": dict(an=(40, 74), af=(54, 76), ln=(92, 2), lf=(8, -84), lean=18,
                  nod=12),
    "pour": dict(an=(46, 74), af=(36, 78), ln=(8, 2), lf=(-10, -8), lean=14,
                 nod=16),
    "cross": dict(an=(20, 112), af=(26, 100), ln=(4, 0), lf=(-6, -4)),
    "umbrella": dict(an=(22, 150), af=(8, 22), ln=(20, 8), lf=(-14, -30)),
    "ride": dict(an=(52, 66), af=(56, 70), ln=(64, -6), lf=(36, -22), lean=20),
    "back": dict(an=(10, 4), af=(-10, -4), ln=(4, 1), lf=(-4, -1)),
}


def _step(p, angle, length, face):
    a = math.radians(angle)
    return (p[0] + face * math.sin(a) * length, p[1] + math.cos(a) * length)


def _head(c, x, y, r, face, tilt, turn, view, hair, hair_colour, skin,
          features, glasses, extra):
    """Head with hair; unit space is one head half-height, facing right."""
    t = "translate(%.1f %.1f) rotate(%.1f) scale(%.3f %.3f)" % (
        x, y, face * tilt, face * r, r)
    h, shade = hair_colour, dark(skin, 0.16)
    shift = 0.36 * turn
    with c.group(transform=t):
        if view == "back":
            _hair_back_view(c, hair, h, skin)
        else:
            c.oval(0.02, 0.02, 0.8, 1.0, skin)
            if turn > 0.5:
                c.path("M.7-.18Q1-.02 .78.2Z", skin)
            c.oval(-0.48 + shift * 0.3, 0.14, 0.15, 0.22, shade)
            if features:
                _face(c, shift, turn, skin, glasses)
            _hair_front(c, hair, h, turn)
        if extra == "cap":
            c.path("M-.9-.3C-.95-1.35.85-1.35.86-.36Z", "#2d4a6e")
            c.path("M.3-.45Q1.3-.55 1.4-.22Q.9-.28.3-.28Z", "#213a58")
        elif extra == "beanie":
            c.path("M-.95-.25C-1-1.5.9-1.5.9-.3Z", "#c9573f")
            c.rect(-1, -.52, 1.95, .36, "#a8432f", r=.16)
            c.circle(-.05, -1.32, .24, "#f2d9b8")
        elif extra == "helmet":
            c.path("M-.98-.2C-1.05-1.5 1-1.5.98-.28Z", "#f3b23c")
            c.rect(-1.05, -.36, 2.3, .18, "#d99526", r=.09)


def _hair_behind(c, x, y, r, face, tilt, hair, colour):
    """Hair falling behind the neck and shoulders."""
    low = 2.5 if hair == "long" else 0.86
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f) scale(%.3f %.3f)"
                 % (x, y, face * tilt, face * r, r)):
        c.path("M-.1-1.1C-1.1-1.1-1.12-.2-1.1 %.2fC-.9 %.2f .2 %.2f .62 %.2f"
               "C.95 0 .6-1 -.1-1.1Z" % (low - .2, low + .16, low + .1,
                                          low - .25), dark(colour, 0.12))


def _face(c, shift, turn, skin, glasses):
    line = dark(skin, 0.72)
    eyes = [0.3 + shift] if turn > 0.85 else [-0.27 + shift, 0.27 + shift]
    for ex in eyes:
        c.oval(ex, 0.06, 0.062, 0.09, line)
        c.path("M%.2f-.16q.1-.07 .22-.02" % (ex - 0.1), "none", stroke=line,
               sw=0.06, stroke_linecap="round")
        c.oval(ex + 0.03, 0.36, 0.15, 0.1, "#e8735f", op=0.28)
    mx = shift * 1.05
    c.path("M%.2f .52q.12.12 .26 0" % (mx - 0.13), "none", stroke=line,
           sw=0.065, stroke_linecap="round")
    if glasses:
        for ex in eyes:
            c.circle(ex, 0.06, 0.21, "#ffffff", fill_opacity=0.18,
                     stroke=line, sw=0.06)


def _hair_front(c, hair, h, turn):
    hi = light(h, 0.14)
    if hair == "curly":
        for x, y, r in ((-.75, -.25, .36), (-.6, -.72, .42), (-.1, -.98, .46),
                        (.42, -.84, .38), (.68, -.5, .26), (-.82, .15, .26),
                        (.15, -.7, .36), (-.35, -.6, .4)):
            c.circle(x, y, r, h)
        return
    if hair == "bald":
        c.path("M-.6.5C-1-.1-.9-.6-.62-.62C-.5-.3-.5.1-.38.1Q-.4.5-.6.5Z", h)
        return
    if hair == "bun":
        c.circle(-0.62, -1.02, 0.42, h)
        c.circle(-0.68, -1.08, 0.24, hi, op=0.5)
    if hair == "ponytail":
        c.path("M-.6-.8C-1.5-1-1.75.3-1.42 1.35C-1.2 1.1-1.05.2-.7-.1Z", h)
        c.circle(-0.82, -0.62, 0.15, "#d95f4b")
    if turn < 0.25:
        c.path("M-.84.22C-1.12-1.3-.3-1.32.06-1.22C.6-1.3 1.1-1 .84.22"
               "C.78-.2.62-.42.4-.5C.1-.28-.4-.3-.62-.42C-.76-.2-.8 0-.84.22Z",
               h)
    elif hair in ("short", "crew"):
        top = -1.24 if hair == "short" else -1.1
        c.path("M.8-.28C.98-.9.62%s .05 %.2fC-.8 %.2f-1.06-.5-.86.12"
               "C-.82.45-.7.62-.54.62C-.56.36-.42.3-.36-.02C-.3-.3-.1-.36 0-.5"
               "C.3-.4.6-.5.8-.28Z" % ("%.2f" % top, top, top), h)
    else:
        c.path("M.82-.1C.98-.9.62-1.24 .05-1.24C-.82-1.24-1.1-.5-.98.25"
               "C-.92.6-.66.8-.5.72C-.36.36-.4.2-.3-.1C.05-.2.34-.4.42-.62"
               "C.5-.4.7-.3.82-.1Z", h)
        if hair in ("long", "bob"):
            low = 1.55 if hair == "long" else 0.82
            c.path("M-.5-.6C-1.2-.4-1.12.6-1.06 %.2fC-.8 %.2f-.5 %.2f-.36 "
                   "%.2fC-.55.5-.3.2-.28-.2Z" % (low, low + .2, low + .1,
                                                  low - .3), h)
    c.path("M-.5-.98Q0-1.2.45-.95Q0-1.02-.5-.98Z", hi, op=0.6)


def _hair_back_view(c, hair, h, skin):
    if hair == "long":
        c.path("M0-1.2C-1.15-1.2-1.05.4-1.1 1.9Q0 2.3 1.1 1.9C1.05.4 1.15-1.2"
               " 0-1.2Z", h)
    elif hair == "bob":
        c.path("M0-1.2C-1.2-1.2-1.05.2-1 .85Q0 1.1 1 .85C1.05.2 1.2-1.2 "
               "0-1.2Z", h)
    else:
        c.oval(0, 0.05, 0.8, 0.98, skin)
        c.oval(-0.82, 0.12, 0.13, 0.22, dark(skin, 0.1))
        c.oval(0.82, 0.12, 0.13, 0.22, dark(skin, 0.1))
        c.path("M-.84.1C-1.05-1.3-.4-1.24 0-1.24C.4-1.24 1.05-1.3.84.1"
               "C.78.5.5.74 0 .74C-.5.74-.78.5-.84.1Z", h)
        if hair == "ponytail":
            c.path("M-.2-.6C-.5.2-.45 1.2-.05 1.75C.42 1.2.5.2.2-.6Z",
                   light(h, 0.06))
            c.circle(0, -0.55, 0.18, "#d95f4b")
        elif hair == "bun":
            c.circle(0, -0.95, 0.46, light(h, 0.06))
        elif hair == "curly":
            for i in range(9):
                a = math.pi * (0.95 + i * 0.137)
                c.circle(0.8 * math.cos(a), 0.85 * math.sin(a), 0.34, h)
    c.path("M-.5-.85Q0-1.15.5-.85Q0-1-.5-.85Z", light(h, 0.16), op=0.7)


def person(c, x, y, h, pose="stand", face=1, turn=0.6, view="front",
           hair="short", hair_colour=None, skin=None, top="#c94f3d",
           sleeve="long", bottom="#2f3b57", legs="trousers", shoes="#f4efe6",
           vest=None, coat=False, apron=None, bag=None, hood=False,
           features=True, glasses=False, extra=None, seat=False,
           stripe=None, detail=None, **override):
    """Draw one figure of height h and return its joints.

    (x, y) is the ground point, or the seat point when seat is true.  Extra
    keywords (an, af, ln, lf, lean, nod, thigh, shin) override the pose.
    """
    q = dict(lean=0, nod=0, thigh=1, shin=1)
    q.update(POSES[pose])
    q.update(override)
    if legs == "skirt" and pose in ("kneel", "crouch", "floor", "ride"):
        legs = "trousers"
    skin = skin or c.rng.choice(SKIN)
    hair_colour = hair_colour or c.rng.choice(HAIR)
    far_skin, far_top = dark(skin, 0.1), dark(vest and top or top, 0.16)
    far_bottom = dark(bottom, 0.2)
    wide = 1 - turn
    thigh, shin = 0.245 * h * q["thigh"], 0.235 * h * q["shin"]
    if seat:
        hip = (x, y - 0.05 * h)
    else:
        reach = max(
            math.cos(math.radians(q[k][0])) * thigh
            + math.cos(math.radians(q[k][1])) * shin for k in ("ln", "lf"))
        hip = (x, y - reach - 0.028 * h)
    hip_w = (0.026 + 0.022 * wide) * h
    up = (math.sin(math.radians(q["lean"])) * face,
          -math.cos(math.radians(q["lean"])))
    fwd = (-up[1], up[0])
    torso = 0.29 * h

    def body(v, t):
        """Point at v across and t along the torso."""
        return (hip[0] + fwd[0] * v + up[0] * t * torso,
                hip[1] + fwd[1] * v + up[1] * t * torso)

    sho_w = (0.03 + 0.055 * wide) * h
    side = face
    joints = {"hip": hip, "chest": body(0, 0.65)}

    def arm(key, at, colour, skin_c):
        s = at
        e = _step(s, q[key][0], 0.155 * h, face)
        w = _step(e, q[key][1], 0.14 * h, face)
        hand = _step(w, q[key][1], 0.042 * h, face)
        thumb = _step(w, q[key][1] + 32, 0.036 * h, face)
        c.path(capsule(w, thumb, 0.012 * h, 0.0085 * h), skin_c)
        c.path(capsule(w, hand, 0.019 * h, 0.0155 * h), skin_c)
        if sleeve == "short":
            c.path(capsule(e, w, 0.024 * h, 0.018 * h), skin_c)
            c.path(capsule(s, e, 0.031 * h, 0.025 * h), skin_c)
            m = _step(s, q[key][0], 0.085 * h, face)
            c.path(capsule(s, m, 0.036 * h, 0.036 * h), colour)
        else:
            c.path(capsule(s, e, 0.036 * h, 0.031 * h), colour)
            c.path(capsule(e, w, 0.031 * h, 0.025 * h), colour)
        joints[key] = _step(w, q[key][1], 0.04 * h, face)
        joints[key + "_elbow"] = e

    def leg(key, at, colour, skin_c):
        k = _step(at, q[key][0], thigh, face)
        a = _step(k, q[key][1], shin, face)
        lower = colour if legs == "trousers" else skin_c
        wide_leg = 1.0 if legs == "trousers" else 0.82
        tilt = q[key][1]
        toe = (0.072 + 0.01 * turn) * h * (0.45 + 0.55 * turn)
        with c.group(transform="translate(%.1f %.1f) rotate(%.1f) "
                     "scale(%d 1)" % (a[0], a[1], -face * tilt * 0.8, side)):
            u = h * 0.01
            c.path("M%.1f %.1fL%.1f %.1fQ%.1f %.1f %.1f %.1fL%.1f %.1fZ" % (
                -2.8 * u, -u, 2.8 * u, -u, toe + u, 0.2 * u, toe + u, 3 * u,
                -3 * u, 3 * u), shoes)
            c.rect(-3.1 * u, 2.4 * u, toe + 4.3 * u, 1.1 * u,
                   light(shoes, 0.5), r=0.5 * u)
        c.path(capsule(k, a, 0.041 * h * wide_leg, 0.03 * h * wide_leg), lower)
        upper = colour if legs != "skirt" else lower
        c.path(capsule(at, k, 0.052 * h, 0.043 * h * wide_leg), upper)
        joints[key], joints[key + "_knee"] = a, k
        return k

    near_hip = body(side * hip_w * (1 if wide > 0.6 else -0.3), 0)
    far_hip = body(-side * hip_w * (1 if wide > 0.6 else -0.7), 0)
    near_sho = body(side * sho_w * (1 if wide > 0.6 else -0.7), 0.93)
    far_sho = body(-side * sho_w * (1 if wide > 0.6 else -1), 0.93)

    if bag:
        b = body(-side * (0.085 + 0.02 * turn) * h * turn, 0.62)
        if view != "back":
            c.path(capsule((b[0], b[1] - 0.05 * h), (b[0], b[1] + 0.07 * h),
                           (0.05 + 0.045 * wide) * h,
                           (0.06 + 0.045 * wide) * h), bag)
    if view != "back":
        arm("af", far_sho, far_top, far_skin)
    leg("lf", far_hip, far_bottom, far_skin)
    leg("ln", near_hip, bottom, skin)
    if legs == "skirt":
        _skirt(c, h, body, joints, bottom, wide)
    if view == "back":
        arm("af", far_sho, far_top, far_skin)
        arm("an", near_sho, far_top, skin)

    head_r = 0.068 * h
    nod = q["nod"]
    neck = body(0.004 * h * side, 1.0)
    a = math.radians(q["lean"] * 0.6 + nod * 0.5)
    head = (neck[0] + face * math.sin(a) * 0.105 * h + side * 0.012 * h * turn,
            neck[1] - math.cos(a) * 0.105 * h)
    joints["head"] = head
    if hair in ("long", "bob") and view != "back":
        _hair_behind(c, head[0], head[1], head_r, face,
                     q["lean"] * 0.5 + nod, hair, hair_colour)
    c.path(capsule(neck, head, 0.028 * h, 0.026 * h), dark(skin, 0.12))
    if hood:
        c.path(capsule(body(-side * 0.045 * h, 1.0),
                       body(side * 0.01 * h, 1.03), 0.045 * h, 0.034 * h),
               dark(top, 0.22))
    _torso(c, h, body, turn, vest or top, coat, side, view)
    if detail == "collar":
        c.poly([body(-0.03 * h, 1.06), body(side * 0.012 * h * turn, 0.93),
                body(0.03 * h, 1.06)], light(skin, 0.1))
    elif detail == "tie":
        c.poly([body(side * 0.012 * h, 1.0), body(side * 0.03 * h, 0.55),
                body(side * 0.012 * h, 0.48), body(-side * 0.004 * h, 0.55)],
               dark(top, 0.5))
    elif detail == "pocket":
        c.line([body(-0.045 * h, 0.2), body(-0.02 * h, 0.36),
                body(0.04 * h, 0.36), body(0.06 * h, 0.2)], dark(top, 0.2),
               0.006 * h)
    if stripe:
        w = (0.056 + 0.02 * wide) * h
        for t in (0.34, 0.5):
            c.line([body(-w, t), body(w, t)], stripe, 0.014 * h)
    if apron:
        w = (0.05 + 0.02 * wide) * h
        c.blob([body(-w, 0.72), body(w, 0.72), body(w * 1.25, -0.3),
                body(-w * 1.1, -0.3)], apron, k=0.3)
        c.line([body(-w, 0.72), body(-0.02 * h, 1.02)], apron, 0.009 * h)
        c.line([body(w, 0.72), body(0.02 * h, 1.02)], apron, 0.009 * h)
    if bag and view == "back":
        b = body(0, 0.55)
        c.path(capsule((b[0], b[1] - 0.06 * h), (b[0], b[1] + 0.08 * h),
                       0.075 * h, 0.085 * h), bag)
        c.path(capsule((b[0], b[1] + 0.05 * h), (b[0], b[1] + 0.09 * h),
                       0.055 * h, 0.06 * h), dark(bag, 0.15))
    elif bag:
        c.line([body(-side * 0.03 * h, 1.0), body(side * 0.02 * h, 0.75),
                body(-side * 0.03 * h, 0.35)], dark(bag, 0.2), 0.016 * h,
               curve=True)
    _head(c, head[0], head[1], head_r, face, q["lean"] * 0.5 + nod, turn, view,
          hair, hair_colour, skin, features, glasses, extra)
    if view != "back":
        arm("an", near_sho, dark(top, 0.06), skin)
    return joints


def _torso(c, h, body, turn, colour, coat, side, view):
    def w(front_w, side_w):
        return (front_w + (side_w - front_w) * turn) * h

    sh, ch, wa, hi = w(.104, .068), w(.094, .078), w(.08, .066), w(.09, .076)
    low = -0.5 if coat else -0.1
    flare = 1.25 if coat else 1.04
    pts = [body(-.03 * h, 1.05), body(.03 * h, 1.05), body(sh * .78, 1.01),
           body(sh, .9), body(ch, .68), body(wa, .36),
           body(hi, 0), body(hi * flare, low), body(-hi * flare, low),
           body(-hi, 0), body(-wa, .36), body(-ch, .68), body(-sh, .9),
           body(-sh * .78, 1.01)]
    c.blob(pts, colour, k=0.8)
    fold = [body(-side * .01 * h, .98), body(-side * ch, .7),
            body(-side * wa, .36), body(-side * hi * flare, low),
            body(-side * hi * .35, low), body(-side * wa * .45, .36)]
    if view != "back":
        c.blob(fold, dark(colour, 0.18), k=0.6, op=0.55)
    else:
        c.line([body(0, .9), body(0, .2)], dark(colour, 0.15), 0.008 * h,
               op=0.5)


def _skirt(c, h, body, joints, colour, wide):
    hw = (0.066 + 0.02 * wide) * h
    kn, kf = joints["ln_knee"], joints["lf_knee"]
    lo, hi = (kn, kf) if kn[0] < kf[0] else (kf, kn)
    r = 0.062 * h
    c.blob([body(-hw, .12), body(hw, .12), body(hw * 1.1, -.1),
            (hi[0] + r, hi[1] - 0.02 * h), (hi[0] + r * .8, hi[1] + 0.03 * h),
            (lo[0] - r * .8, lo[1] + 0.03 * h), (lo[0] - r, lo[1] - 0.02 * h),
            body(-hw * 1.1, -.1)], colour, k=0.6)


def crowd_colour(c, palette):
    """Random clothing colour, slightly varied."""
    return mix(c.rng.choice(palette), "#ffffff", c.rng.random() * 0.14)
