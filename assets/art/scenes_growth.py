"""三全育人: amber, ochre and leaf green."""

import math

from kit import Cam, capsule, dark, light, mix
from people import person
from props import (armchair, armchair_arm, basket, bookshelf, bush, cloud, cup,
                   facade, floor_lamp, flower, frame, grass, hanging_plant,
                   leaf, moon, pendant, planks, plant, rug, sofa, stars,
                   steam_plume, string_lights, tea_set, teapot, tomato, tree,
                   watering_can, window)
from stage import hills, scene, skyline

TALK = "三全育人/导师进楼：每周三晚八点的围炉夜话（临溪大学）"
FARM = "三全育人/从一畦菜地开始的劳动周（青禾农业大学）"
ART = "三全育人/把美术馆搬进一楼大厅（明山艺术学院）"
GALLERY = ("#d9573f", "#e9a93f", "#2f6f74", "#f4e5c8", "#344a6b", "#e79a86")


def seated(c, x, y, h, pose, face=1, **look):
    """Figure sitting on a cushion on the floor."""
    tone = c.rng.choice(("#d9823f", "#7f9a5a", "#b5533c", "#e0b25a"))
    c.shadow(x, y + h * .03, h * .34, h * .05, .4)
    c.oval(x - face * h * .02, y + h * .005, h * .19, h * .045, dark(tone, .2))
    c.oval(x - face * h * .02, y - h * .012, h * .19, h * .045, tone)
    return person(c, x, y - h * .02, h, pose, face, seat=True, **look)


@scene(TALK, "01 周三晚八点的围炉夜话", "3:2")
def fireside(c):
    """Teacher and students around a small stove."""
    c.rect(0, 0, c.w, 1090, c.lin("#5a3a2c", "#8a5a38", "#a8703f"))
    for i in range(25):
        c.rect(i * 100, 0, 3, 1060, "#3d261f", op=.22)
    c.rect(0, 1050, c.w, 34, "#4a2d22")
    planks(c, 0, 1084, c.w, 516, "#a06a40", 5)
    # window on the night
    c.glow(1180, 460, 800, "#ffb866", .25)
    window(c, 860, 190, 640, 560, c.lin("#122a46", "#28506a", "#5f7f86"),
           frame="#e2c79b", cols=3, rows=2)
    with c.group(clip="M860 190h640v560h-640z"):
        moon(c, 1330, 300, 40)
        for x, h in ((900, 330), (1060, 250), (1440, 360)):
            tree(c, x, 790, h, "#1f4a4a", "#182a33", density=24)
        c.rect(1130, 600, 190, 200, "#1c3a52")
        for k in range(6):
            c.rect(1150 + (k % 3) * 56, 625 + (k // 3) * 60, 30, 36, "#ffce7a",
                   op=.9 if k in (1, 3, 5) else .15)
        c.specks(60, (860, 190, 640, 560), (1, 3), "#fff3d6", (.2, .7))
    for k in (1, 2):
        c.rect(860 + 640 * k / 3 - 7, 190, 14, 560, "#e2c79b")
    c.rect(860, 463, 640, 14, "#e2c79b")
    for s, x in ((1, 800), (-1, 1560)):
        c.path("M%d 150h%dQ%d 500 %d 1000h%dQ%d 500 %d 150z" % (
            x, s * 150, x + s * 130, x + s * 96, -s * 130, x - s * 30, x),
            c.lin("#d9823f", "#a8552c"))
        for k in (30, 70, 110):
            c.path("M%d 150Q%d 500 %d 1000" % (x + s * k, x + s * (k - 6),
                                               x + s * (k - 30)), "none",
                   stroke="#8a4526", sw=6, op=.6)
    c.rect(720, 136, 920, 18, "#3d261f", r=9)
    bookshelf(c, 1850, 1060, 520, 860, 5, "#7d4b30", "#4f2f24")
    plant(c, 1660, 1075, 430, "snake", "#d9a05c")
    frame(c, 230, 280, 300, 380, style=0,
          palette=("#f0c274", "#e27a3f", "#6f8a55", "#f7e6c4", "#8a4a35",
                   "#e9a93f"))
    frame(c, 575, 350, 180, 240, style=5,
          palette=("#f3e3bd", "#6f8a55", "#3f6b4d", "#c98a3f", "#93a85f",
                   "#e0b25a"))
    hanging_plant(c, 660, 0, 170, 66)
    string_lights(c, -40, 60, 1200, 90, 120, 11)
    string_lights(c, 1180, 90, 2440, 40, 130, 11)
    floor_lamp(c, 120, 1130, 700, warm="#ffcf86")
    rug(c, 1270, 1310, 900, 220, "#b5533c", "#f0c98a")
    # back row
    sofa(c, 640, 1150, 560, 330, "#6f7f4a")
    with c.mood("#7a3f1f", .12):
        for x, f, hair, top, pose in ((780, 1, "bob", "#e9c46a", "sitlisten"),
                                      (1050, 1, "short", "#3f6f6a",
                                       "sittalk")):
            person(c, x, 1010, 560, pose, f, hair=hair, top=top, seat=True,
                   bottom="#39435a", turn=.5, hood=hair == "short")
    # teacher
    armchair(c, 1830, 1270, 370, 500, "#c5643f", -1)
    person(c, 1850, 1065, 680, "sittalk", -1, hair="short",
           hair_colour="#8c8780", top="#ead6ac", bottom="#4a3a38", seat=True,
           glasses=True, turn=.6, skin="#eec09c", detail="collar",
           shoes="#5b3a2b")
    armchair_arm(c, 1860, 1270, 300, 500, "#c5643f", -1)
    # stove with tea
    c.glow(1380, 1180, 620, "#ff9f45", .75)
    c.shadow(1380, 1330, 210, 34, .5)
    c.blob([(1250, 1310), (1225, 1200), (1265, 1140), (1495, 1140),
            (1535, 1200), (1510, 1310)], c.lin("#6b4636", "#3f2a26"), k=.7)
    c.rect(1300, 1195, 160, 80, c.rad("#fff0b0", "#ffb347", "#e2592a", r=.7),
           r=22)
    for k in range(4):
        c.rect(1318 + k * 37, 1195, 9, 80, "#3f2a26")
    c.oval(1380, 1140, 140, 26, "#2f211f")
    teapot(c, 1375, 1138, 72, "#9a4f35")
    steam_plume(c, 1400, 1030, 190, 3)
    # circle of students
    with c.mood("#8a3f1a", .06):
        j = seated(c, 980, 1400, 600, "floor", 1, hair="ponytail",
                   top="#f0e0bd", bottom="#4f6a5a", turn=.6)
        cup(c, j["an"][0] + 14, j["an"][1] + 14, 46, "#f7efe0")
        seated(c, 2080, 1450, 620, "floor", -1, hair="curly", top="#d9823f",
               bottom="#3b4458", turn=.65, sleeve="short")
        j = seated(c, 1640, 1500, 620, "floor", -1, hair="long",
                   top="#54735a", bottom="#6b4a3a", turn=.65)
        cup(c, j["an"][0] - 10, j["an"][1] + 16, 46, "#f7efe0")
    tea_set(c, 1330, 1420, 120)
    c.glow(1380, 1200, 1150, "#ffa24d", .42)
    c.rect(0, 0, c.w, c.h, c.lin(("#2a1420", .62), ("#2a1420", 0, .5),
                                 ("#2a1420", 0, 1), x1=0, y1=1, x2=.6, y2=.35),
           blend="multiply")
    c.vignette("#1f1020", .6)
    c.grain()


def cabbage(c, x, y, r, colour="#6fa857"):
    """Head of cabbage resting on y."""
    c.shadow(x, y, r * 1.4, r * .3, .3)
    for i in range(9):
        a = -80 + i * 20
        leaf(c, x, y, r * 1.5, a, mix(dark(colour, .2), light(colour, .15),
                                      i % 3 / 2), .42)
    for k, t in ((.85, .1), (.62, .28), (.38, .45)):
        c.oval(x, y - r * .55, r * k, r * k * .82, light(colour, t))
        c.path("M%.1f %.1fQ%.1f %.1f %.1f %.1f" % (
            x - r * k * .7, y - r * .5, x - r * .1, y - r * (.5 + k), x + r * k
            * .6, y - r * (.55 + k * .4)), "none", stroke=dark(colour, .12),
            sw=r * .035, op=.6)


def vine(c, x, y, h, fruit="#e0452f", n=7):
    """Staked tomato plant on y."""
    c.line([(x, y), (x, y - h)], "#b98a55", h * .025)
    c.line([(x, y), (x + h * .04, y - h * .4), (x - h * .03, y - h * .75),
            (x + h * .02, y - h * .95)], "#4f8a4a", h * .03, curve=True)
    for i in range(n * 2):
        t = c.rng.uniform(.08, .95)
        s = 1 if i % 2 else -1
        leaf(c, x, y - h * t, h * c.rng.uniform(.16, .26),
             s * c.rng.uniform(35, 115), mix("#3f7d45", "#8fbf5f",
                                             c.rng.random() * .6), .36)
    for i in range(n):
        t = c.rng.uniform(.2, .85)
        tomato(c, x + c.rng.uniform(-.13, .13) * h, y - h * t,
               h * c.rng.uniform(.032, .05),
               c.rng.choice((fruit, fruit, "#f09a3a", "#9dbb4f")))


def bed(c, x, y, w, h, wood="#a8703f"):
    """Wooden raised bed with soil; top rim at y - h."""
    c.shadow(x + w / 2, y, w * .54, h * .22, .3)
    c.oval(x + w / 2, y - h, w * .48, h * .16, "#5b3d2e")
    c.rect(x, y - h, w, h, c.lin(light(wood, .1), dark(wood, .2)), r=5)
    for i in range(3):
        c.rect(x, y - h + h * (i + 1) / 3, w, 4, dark(wood, .35), op=.7)
    for k in (0, .96):
        c.rect(x + w * k, y - h * 1.05, w * .04, h * 1.08, dark(wood, .2),
               r=3)


def lettuce_row(c, x, y, w, n, size, tones=("#8fbf5f", "#5f9f55", "#b56a6a")):
    """Row of leafy greens."""
    for i in range(n):
        px = x + w * (i + .5) / n
        tone = tones[i % len(tones)]
        for _ in range(11):
            leaf(c, px, y, size * c.rng.uniform(.6, 1), c.rng.uniform(-75, 75),
                 mix(tone, "#dfe9a0", c.rng.random() * .4), .4)


@scene(FARM, "01 楼顶菜园的清晨", "3:2")
def roof_garden(c):
    """Dawn over the rooftop garden."""
    c.backdrop("#8fc0b4", "#f2d9a0", "#f8b878", "#f4c98f")
    c.glow(1700, 560, 900, "#fff0c0", .9)
    c.circle(1700, 560, 120, "#fff4cf")
    cloud(c, 520, 250, 460, "#fff1d6", .75)
    cloud(c, 2120, 190, 380, "#fff1d6", .7)
    cloud(c, 1180, 380, 260, "#fff1d6", .5)
    hills(c, 1000, 330, "#6f9a7a", 3)
    skyline(c, 990, 190, "#8fa590", 18)
    for i in range(7):
        px = 880 + i * 60
        c.path("M%d %dq14-16 26 0q14-16 26 0" % (px, 260 + (i % 3) * 36),
               "none", stroke="#5a6b58", sw=5, stroke_linecap="round", op=.5)
    facade(c, 2010, 250, 520, 780, 5, 4, "#c98a5c", lit=.12, glass="#8fb0a8",
           balcony="#efe0c2", roof="#8a5a3f")
    c.rect(2010, 250, 520, 780, c.lin(("#ffe2a0", .4), ("#ffe2a0", 0), x2=1,
                                      y2=0))
    # roof terrace
    c.rect(0, 930, c.w, 90, c.lin("#e9d5ae", "#cfae82"))
    c.rect(0, 915, c.w, 22, "#f6e6c6")
    c.rect(0, 1015, c.w, 585, c.lin("#c99a6a", "#e3bd8a"))
    for i in range(8):
        c.rect(0, 1030 + i * i * 11, c.w, 3, "#a87a50", op=.4)
    for i in range(13):
        c.line([(1700 + (i - 8) * 160, 1015), (1700 + (i - 8) * 420, 1600)],
               "#a87a50", 3, op=.35)
    # greenhouse arch
    for x in (1120, 1290, 1460):
        c.path("M%d 1030V700Q%d 540 %d 540T%d 700V1030" % (
            x - 130, x - 130, x, x + 130), "none", stroke="#f7efdc", sw=9,
            op=.85)
    c.path("M990 1030V700Q990 540 1120 540H1460Q1590 540 1590 700V1030Z",
           "#ffffff", op=.16)
    for i in range(6):
        vine(c, 1040 + i * 100, 1040, 290, n=5)
    bed(c, 930, 1110, 760, 90)
    lettuce_row(c, 950, 1030, 720, 9, 66)
    bed(c, 60, 1130, 640, 95)
    lettuce_row(c, 80, 1042, 600, 8, 80, ("#5f9f55", "#8fbf5f"))
    bed(c, 1790, 1140, 700, 100)
    for i in range(6):
        vine(c, 1850 + i * 110, 1045, 330, n=6)
    # people
    c.shadow(820, 1290, 150, 20)
    j = person(c, 800, 1290, 640, "pour", 1, hair="ponytail", top="#f4e3c0",
               bottom="#4f6f8a", apron="#6f9a4f", turn=.65, sleeve="short",
               shoes="#e0a030", skin="#f6d3b8")
    watering_can(c, j["an"][0] + 30, j["an"][1] + 80, 130, "#d9823f", 1, 16)
    for i in range(14):
        t = c.rng.random()
        c.line([(j["an"][0] + 170 + t * 60, j["an"][1] + 40 + t * 100),
                (j["an"][0] + 178 + t * 64, j["an"][1] + 66 + t * 100)],
               "#e6f6f4", 5, op=.8)
    bed(c, 1010, 1390, 620, 110)
    for i in range(5):
        cabbage(c, 1080 + i * 122, 1290, 72, ("#6fa857", "#86b862")[i % 2])
    c.shadow(1800, 1440, 190, 24)
    person(c, 1810, 1440, 680, "crouch", -1, hair="short", top="#3f7d62",
           bottom="#5b4a45", turn=.7, sleeve="short", shoes="#c9573f",
           skin="#e0a97f")
    person(c, 2250, 1460, 700, "carry", -1, hair="bob", top="#e9a93f",
           bottom="#3f5f55", turn=.6, apron="#f3e7d0", sleeve="long",
           an=(20, 72), af=(30, 76))
    basket(c, 2080, 1200, 250, 120)
    for i in range(8):
        px = 1990 + i * 26
        (tomato if i % 2 else cabbage)(c, px, 1075 + (i % 3) * 8, 32)
    basket(c, 2080, 1200, 250, 108)
    basket(c, 1420, 1540, 250, 120, "#b98045")
    for i in range(9):
        tomato(c, 1320 + i * 25, 1415 - (i % 3) * 14, 27)
    basket(c, 1420, 1540, 250, 110, "#b98045")
    grass(c, 0, 700, 1625, 110, "#4f8a4a", 50)
    c.beam([(1500, 450), (1800, 450), (900, 1600), (-200, 1600)], "#fff0c0",
           .32, 40)
    c.beam([(1720, 450), (1900, 450), (1900, 1600), (1200, 1600)], "#fff0c0",
           .22, 40)
    c.specks(40, (300, 500, 2000, 900), (1.5, 5), "#fff7dc", (.2, .7))
    c.rect(0, 0, c.w, c.h, c.lin(("#3a4a2a", .45), ("#3a4a2a", 0, .45),
                                 ("#3a4a2a", 0, 1), x1=0, y1=1, x2=.6, y2=.3),
           blend="multiply")
    c.vignette("#5a3a20", .28)
    c.grain()


def mobile(c, x, y0, y1, w, tones=GALLERY, depth=3, scale=1):
    """Hanging mobile of flat shapes below (x, y1)."""
    c.line([(x, y0), (x, y1)], "#5b5348", 3)
    if depth == 0 or w < 60:
        size, kind = (w * .5 + 34) * scale, c.rng.randrange(4)
        tone = c.rng.choice(tones)
        if kind == 0:
            c.circle(x, y1 + size * .5, size * .5, c.lin(light(tone, .2),
                                                         tone))
        elif kind == 1:
            leaf(c, x, y1, size * 1.3, 180, tone, .4, vein=False)
        elif kind == 2:
            c.path("M%.1f %.1fa%.1f %.1f 0 0 0 %.1f 0z" % (
                x - size * .6, y1, size * .6, size * .6, size * 1.2), tone)
        else:
            c.blob([(x, y1), (x + size * .5, y1 + size * .4),
                    (x + size * .1, y1 + size), (x - size * .45,
                                                 y1 + size * .55)], tone)
        return
    tilt = c.rng.uniform(-.12, .12) * w
    c.line([(x - w, y1 + tilt), (x, y1 - w * .1), (x + w, y1 - tilt)],
           "#5b5348", 4, curve=True)
    drop = c.rng.uniform(.35, .7) * w
    mobile(c, x - w, y1 + tilt, y1 + tilt + drop, w * .46, tones, depth - 1,
           scale)
    mobile(c, x + w, y1 - tilt, y1 - tilt + drop * c.rng.uniform(.6, 1.3),
           w * .46, tones, depth - 1 if c.rng.random() < .7 else 0, scale)


def sculpture(c, x, y, h, tone="#e9dcc6", kind=0):
    """Abstract sculpture on a plinth standing on y."""
    c.shadow(x, y, h * .22, h * .035, .4)
    c.poly([(x - h * .13, y), (x + h * .13, y), (x + h * .13, y - h * .34),
            (x - h * .13, y - h * .34)], c.lin("#fbf5e9", "#d9cbb4", x2=1,
                                               y2=0))
    c.rect(x + h * .05, y - h * .34, h * .08, h * .34, "#b8a88f", op=.4)
    c.rect(x - h * .15, y - h * .36, h * .3, h * .03, "#fffaf0")
    b = y - h * .36
    grad = c.lin(light(tone, .5), tone, dark(tone, .35), x2=1, y2=.3)
    if kind == 0:
        c.path("M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fC%.1f %.1f %.1f %.1f "
               "%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fZ" % (
                   x - h * .06, b, x - h * .3, b - h * .2, x - h * .12,
                   b - h * .62, x + h * .06, b - h * .6, x + h * .28,
                   b - h * .56, x + h * .16, b - h * .3, x + h * .1,
                   b - h * .24, x + h * .02, b - h * .14, x + h * .12,
                   b - h * .06, x + h * .06, b), grad)
        c.oval(x + h * .04, b - h * .42, h * .06, h * .085, "#d9a05c")
        c.oval(x + h * .05, b - h * .42, h * .045, h * .07, "#8a6a4a", op=.6)
    else:
        c.circle(x, b - h * .12, h * .12, grad)
        c.path("M%.1f %.1fa%.1f %.1f 0 1 1 %.1f 0h%.1fa%.1f %.1f 0 1 0 %.1f 0"
               "z" % (x - h * .16, b - h * .36, h * .16, h * .16, h * .32,
                      -h * .09, h * .07, h * .07, -h * .14),
               c.lin("#e58a5c", "#b5533c"))
        c.rect(x - h * .12, b - h * .28, h * .24, h * .06,
               c.lin("#e9b44c", "#b9842f"), r=6)


@scene(ART, "01 一楼大厅变成了美术馆", "3:4")
def lobby_gallery(c):
    """Tall lobby with paintings, sculpture and a mobile."""
    c.backdrop("#f7ecd6", "#f3e0bd")
    cam = Cam(900, 1270, 1250, 1.5)
    far = 7.2
    c.poly(cam.front(-9, 9, 0, 14, far), c.lin("#fbf2df", "#f3ddb6"))
    c.poly(cam.side(-3.4, 1.6, far, 0, 16), c.lin("#dcb985", "#f0d7ab", x2=1,
                                                  y2=0))
    c.poly(cam.side(4.4, 1.6, far, 0, 16), c.lin("#f0d7ab", "#d3ac78", x2=1,
                                                 y2=0))
    c.poly(cam.floor(-9, 9, 1.2, far), c.lin("#c98f58", "#e3bb84"))
    for i in range(16):
        x = -8 + i
        c.line([cam.p(x, 0, far), cam.p(x, 0, 1.5)], "#a8703f", 3, op=.35)
    for z in (6, 5, 4.2, 3.5, 3, 2.6, 2.3):
        c.line([cam.p(-9, 0, z), cam.p(9, 0, z)], "#a8703f", 3, op=.3)
    # tall windows on the left wall, gallery balcony at the back
    for z in (2.6, 3.9, 5.4):
        c.poly(cam.side(-3.4, z, z + .95, 1.0, 6.6), "#fbf2df")
        c.poly(cam.side(-3.4, z + .07, z + .88, 1.1, 6.5),
               c.lin("#a9d0c4", "#eef3d4"))
        for y in (2.6, 4.1, 5.4):
            c.line([cam.p(-3.4, y, z), cam.p(-3.4, y, z + .95)], "#fbf2df", 9)
    c.poly(cam.front(-3.4, 4.4, 4.35, 4.65, far - .6), "#b9774a")
    c.poly(cam.front(-3.4, 4.4, 4.55, 4.68, far - .6), "#d99a63")
    for i in range(40):
        c.line([cam.p(-3.4 + i * .2, 4.66, far - .6),
                cam.p(-3.4 + i * .2, 5.5, far - .6)], "#8a5a3c", 3)
    c.line([cam.p(-3.4, 5.5, far - .6), cam.p(4.4, 5.5, far - .6)], "#7d4b30",
           12)
    for x in (-2.2, -.4, 2.6, 3.4):
        gx, gy = cam.p(x, 4.66, far - .1)
        with c.mood("#e9c08a", .25):
            person(c, gx, gy, cam.s(far) * 1.65, c.rng.choice(
                ("front", "stand", "cross")), 1, turn=.3, bottom="#4a4a58",
                top=c.rng.choice(("#d9573f", "#3f7d62", "#e9a93f")),
                hair=c.rng.choice(("short", "bob", "long")))
    for i in range(40):
        c.line([cam.p(-3.4 + i * .2, 4.66, far - .6),
                cam.p(-3.4 + i * .2, 5.5, far - .6)], "#8a5a3c", 3)
    # paintings
    for x1, x2, y1, y2, st in ((-2.7, -.9, 1.0, 3.5, 0), (-.4, 1.2, 1.3, 3.1,
                                                          2),
                               (1.7, 3.6, .95, 3.6, 1)):
        a, b = cam.p(x1, y2, far), cam.p(x2, y1, far)
        frame(c, a[0], a[1], b[0] - a[0], b[1] - a[1], style=st,
              palette=GALLERY)
        c.cone((a[0] + b[0]) / 2, a[1] - 120, 20, (b[0] - a[0]) * .7, 520,
               "#fff3cf", .45)
    for z in (2.6, 3.9, 5.4):
        p = [cam.p(-3.4, 0, z), cam.p(-3.4, 0, z + .9), cam.p(2.4, 0, z + .2),
             cam.p(2.4, 0, z - .7)]
        c.poly(p, c.lin(("#fff3cf", .6), ("#fff3cf", .1), x2=1, y2=0),
               blend="screen", filt=c.blur(7))
        c.beam([cam.p(-3.4, 6.2, z), cam.p(-3.4, 6.2, z + .9), p[2], p[3]],
               "#fff3cf", .22, 14)
    # hanging mobile
    mobile(c, 760, 0, 210, 330, scale=1.4)
    mobile(c, 1240, 0, 110, 170, scale=1.5)
    # visitors
    for x, z, pose, look in (
            (-1.5, 5.9, "cross", dict(hair="bob", top="#7d8a5a",
                                      bottom="#4a3a38", face=-1, turn=.5)),
            (.15, 6.1, "back", dict(hair="ponytail", top="#d9573f", turn=0,
                                    bottom="#344a6b", view="back")),
            (.7, 6.1, "back", dict(hair="short", top="#344a6b", turn=0,
                                   bottom="#6b5747", view="back"))):
        px, py = cam.p(x, 0, z)
        c.shadow(px, py, cam.s(z) * .35, cam.s(z) * .06)
        person(c, px, py, cam.s(z) * 1.68, pose, **look)
    sculpture(c, 1180, 1690, 640, "#f0dcb8")
    c.shadow(760, 1790, 160, 22)
    person(c, 740, 1790, 780, "point", 1, hair="long", top="#e9a93f",
           bottom="#344a6b", legs="trousers", turn=.6, bag="#b5533c",
           skin="#f6d3b8", an=(86, 112))
    plant(c, 190, 1500, 460, "monstera", "#b5533c")
    c.specks(34, (100, 300, 1300, 1300), (1.5, 4), "#fffaf0", (.2, .8))
    c.rect(0, 1300, c.w, 700, c.lin(("#6b3a22", 0), ("#6b3a22", .5)),
           blend="multiply")
    c.vignette("#6b4020", .32)
    c.grain()


@scene(TALK, "02 整栋楼里最晚熄的一扇窗", "9:16")
def last_window(c):
    """A tall building at night with one lit room."""
    c.backdrop("#0d1a38", "#1b2f55", "#38486a", "#6a5a66")
    stars(c, 130, c.w, 1100)
    moon(c, 250, 330, 86)
    for x, y, w in ((880, 250, 420), (60, 640, 360), (980, 520, 300)):
        c.rect(x, y, w, 20, "#5a6a90", r=10, op=.4)
        c.rect(x + 60, y + 30, w * .6, 16, "#5a6a90", r=8, op=.3)
    skyline(c, 1900, 420, "#24355a", 7)
    with c.mood("#16244a", .42):
        boxes = facade(c, 290, 560, 1100, 1460, 8, 5, "#a8755a", lit=0, ac=.4,
                       glass="#34507a", balcony="#8f6f66", roof="#5b4450")
    x, y, w, h = boxes[17]
    cx, cy = x + w / 2, y + h / 2
    c.glow(cx, cy, 620, "#ffb450", .85)
    c.rect(x - 14, y - 14, w + 28, h + 28, "#f0d3a0", r=5)
    box = "M%.1f %.1fh%.1fv%.1fh%.1fz" % (x, y, w, h, -w)
    c.path(box, c.lin("#fff0bd", "#ffc766"))
    with c.group(clip=box):
        c.rect(x, y, w * .2, h, "#e0863f")
        c.rect(x + w * .82, y, w * .2, h, "#e0863f")
        pendant(c, cx, y, y + 30, 22, "#b5533c")
        person(c, x + 34, y + h + 16, 118, "sittalk", 1, hair="short", turn=.6,
               hair_colour="#8c8780", top="#7d6a4a", seat=True)
        person(c, x + w - 30, y + h + 16, 112, "sitlisten", -1, hair="bob",
               turn=.6, top="#c5533c", seat=True)
    c.rect(cx - 3, y, 6, h, "#f0d3a0")
    c.poly([(x, y + h), (x + w, y + h), (x + w + 260, y + h + 700),
            (x - 240, y + h + 700)], c.lin(("#ffc766", .32), ("#ffc766", 0)),
           blend="screen", filt=c.blur(18))
    for i, (wx, wy, ww, wh) in enumerate(boxes):
        if i in (3, 21, 34):
            c.rect(wx, wy, ww, wh, "#ffc98a", op=.22)
    c.rect(290, 2000, 1100, 40, "#3a3048")
    c.rect(0, 2020, c.w, 380, c.lin("#2a3552", "#131c36"))
    c.rect(720, 1790, 240, 240, "#3a2f44")
    c.rect(744, 1816, 192, 214, c.lin("#e9b878", "#8f6a5a"))
    c.rect(836, 1816, 8, 214, "#3a2f44")
    c.poly([(740, 2030), (940, 2030), (1060, 2330), (560, 2330)],
           c.lin(("#ffc98a", .5), ("#ffc98a", 0)), blend="screen",
           filt=c.blur(16))
    with c.mood("#16244a", .35):
        tree(c, 130, 2120, 1080, "#3f6f5a", "#2a2433", density=70)
        tree(c, 1290, 2140, 760, "#4a7a58", "#2a2433", density=60)
        for x0, w0 in ((420, 280), (1120, 300), (60, 260)):
            bush(c, x0, 2090, w0, 110, "#3f6a55", 16)
    c.rect(470, 1560, 16, 560, "#1c2236")
    c.path("M478 1566Q480 1500 560 1500", "none", stroke="#1c2236", sw=14)
    c.glow(566, 1516, 330, "#ffd88a", .85)
    c.cone(566, 1516, 26, 230, 620, "#ffd88a", .36)
    c.oval(566, 1508, 40, 16, "#fff0c8")
    c.shadow(640, 2190, 130, 18, .5)
    person(c, 640, 2190, 400, "walk", 1, hair="ponytail", top="#c5643f",
           bottom="#2b3048", bag="#e0b25a", turn=.65, features=False)
    person(c, 520, 2180, 410, "walk", 1, hair="short", top="#4f6a7a",
           bottom="#23283c", turn=.65, features=False)
    for k in range(5):
        c.rect(0, 2210 + k * 44, c.w, 3, "#5a6488", op=.25)
    c.specks(26, (100, 1300, 1100, 900), (2, 5), "#ffdf9a", (.2, .8))
    c.vignette("#060b1c", .5)
    c.grain()


@scene(TALK, "03 窗边的长谈", "3:4")
def window_talk(c):
    """Two people talking on a window seat in rain-washed dusk."""
    c.backdrop("#8a5a3f", "#6b4436")
    for i in range(16):
        c.rect(i * 100, 0, 3, c.h, "#4a2d26", op=.25)
    c.rect(170, 120, 1160, 1230, "#f0dcb6", r=14)
    c.rect(200, 150, 1100, 1170, c.lin("#46607a", "#8a8a94", "#e6a878",
                                       "#f2c48a"))
    with c.group(clip="M200 150h1100v1170h-1100z"):
        c.glow(980, 980, 520, "#ffdf9f", .8)
        hills(c, 1330, 330, "#7a6a70", 3)
        for x, h in ((260, 620), (1210, 760), (1010, 420), (430, 380)):
            tree(c, x, 1340, h, "#b5743f", "#4a3430", density=50)
        c.rect(560, 1080, 300, 260, "#6a4a4a")
        for k in range(8):
            c.rect(586 + (k % 4) * 66, 1110 + (k // 4) * 84, 36, 46,
                   "#ffd88a", op=1 if k in (1, 2, 7) else .25)
        c.specks(60, (200, 150, 1100, 1170), (30, 80), "#ffffff", (.08, .3),
                 slant=-.16)
        for _ in range(60):
            x, y = c.rng.uniform(200, 1300), c.rng.uniform(150, 1300)
            c.oval(x, y, 5, 8, "#ffffff", op=.35)
    for x in (570, 922):
        c.rect(x, 150, 18, 1170, "#f0dcb6")
    c.rect(200, 520, 1100, 16, "#f0dcb6")
    for s, x in ((1, 90), (-1, 1410)):
        c.path("M%d 60h%dQ%d 700 %d 1500h%dQ%d 700 %d 60z" % (
            x, s * 210, x + s * 170, x + s * 120, -s * 170, x - s * 40, x),
            c.lin("#e0a04a", "#b5702f"))
        for k in (40, 90, 140, 180):
            c.path("M%d 60Q%d 700 %d 1500" % (x + s * k, x + s * (k - 14),
                                              x + s * (k - 50)), "none",
                   stroke="#8f5526", sw=6, op=.55)
    c.rect(0, 44, c.w, 24, "#3d261f")
    string_lights(c, 180, 130, 1320, 130, 70, 9, size=8)
    # seat
    c.rect(60, 1420, 1380, 40, "#c98a4f")
    c.rect(60, 1370, 1380, 66, c.lin("#e8c078", "#cf9a4a"), r=30)
    c.rect(80, 1455, 1340, 330, c.lin("#8f5a38", "#6f432c"))
    for k in range(3):
        c.rect(120 + k * 440, 1500, 400, 240, "none", stroke="#5b3626", sw=6,
               r=10)
        c.circle(320 + k * 440, 1620, 14, "#e0b25a")
    planks(c, 0, 1780, c.w, 220, "#a8703f", 3)
    for x, tone, a in ((190, "#b5533c", -14), (1300, "#7f8a4f", 14)):
        with c.group(transform="rotate(%d %d 1300)" % (a, x)):
            c.rect(x - 95, 1210, 190, 180, tone, r=34)
            c.rect(x - 70, 1235, 140, 130, "none", stroke=light(tone, .3),
                   sw=6, r=22)
    with c.mood("#c9763a", .1):
        person(c, 420, 1385, 980, "sittalk", 1, hair="bun",
               hair_colour="#6a5f5c", top="#7f8a4f", bottom="#4a3a42",
               seat=True, glasses=True, turn=.65, skin="#f6d3b8",
               detail="collar", shoes="#6b3d2c")
        j = person(c, 1090, 1385, 960, "sitlisten", -1, hair="short",
                   top="#e9c46a", bottom="#3b4a66", seat=True, turn=.65,
                   skin="#e0a97f", hood=True, an=(18, 96), af=(30, 100))
    cup(c, j["an"][0] - 16, j["an"][1] + 24, 66, "#f7efe0")
    c.rect(690, 1330, 160, 46, "#8f5a38", r=8)
    teapot(c, 760, 1330, 62, "#b5653f")
    steam_plume(c, 830, 1250, 130, 2)
    plant(c, 1370, 1900, 460, "monstera", "#e0b25a", "#5f8a4f")
    for k, (w, tone) in enumerate(((230, "#b5533c"), (200, "#e9d7ac"),
                                   (210, "#4f6a5a"))):
        c.rect(230 - w / 2, 1880 - k * 40, w, 38, tone, r=5)
    c.glow(760, 1250, 700, "#ffbf70", .35)
    c.vignette("#2a1218", .5)
    c.grain()


@scene(TALK, "04 一壶茶慢慢煮开", "1:1")
def tea_close(c):
    """Still life of teapot, cups and tangerines."""
    c.backdrop("#3a2624", "#6b4030", "#8f5638")
    for x, y, r, op in ((260, 300, 150, .3), (520, 180, 90, .35),
                        (1430, 260, 170, .28), (1180, 150, 80, .3),
                        (1640, 520, 110, .22), (120, 620, 90, .2),
                        (860, 300, 60, .4)):
        c.circle(x, y, r, c.rad(("#ffce80", op), ("#ffb050", op * .7, .85),
                                ("#ffb050", 0)))
    with c.group(filt=c.blur(9)):
        person(c, 380, 1240, 1000, "sitlisten", 1, hair="bob", top="#7f8a4f",
               bottom="#4a3a42", seat=True, turn=.6, features=False)
        person(c, 1500, 1240, 1040, "sittalk", -1, hair="short",
               top="#e9c9a0", bottom="#4a3a42", seat=True, turn=.6,
               features=False, hair_colour="#8c8780")
    c.rect(0, 1150, c.w, 650, c.lin("#a8653a", "#7d4528"))
    c.rect(0, 1140, c.w, 18, "#d99a5c")
    for i in range(8):
        y = 1190 + i * 76
        c.path("M0 %dQ500 %d 1000 %dT1800 %d" % (y, y - 24, y + 16, y - 6),
               "none", stroke="#5f3320", sw=4, op=.4)
    # bamboo mat
    c.poly([(330, 1290), (1500, 1290), (1660, 1600), (170, 1600)], "#14182b",
           op=.25, filt=c.blur(10))
    c.poly([(340, 1280), (1490, 1280), (1640, 1580), (190, 1580)], "#cfa45c")
    for i in range(16):
        t = i / 16
        y = 1280 + 300 * t * (.6 + .4 * t)
        c.line([(340 - 150 * t, y), (1490 + 150 * t, y)], "#a87f3f", 5, op=.7)
    c.oval(900, 1440, 330, 70, "#14182b", op=.4, filt=c.blur(14))
    # clay stove with embers
    c.blob([(690, 1430), (650, 1270), (690, 1190), (1110, 1190), (1150, 1270),
            (1110, 1430), (900, 1450)], c.lin("#5f4038", "#3a2724"), k=.8)
    c.rect(780, 1270, 240, 110, c.rad("#fff2b8", "#ffab3f", "#d9481f", r=.65),
           r=34)
    for k in range(5):
        c.rect(800 + k * 46, 1270, 11, 110, "#3a2724")
    c.oval(900, 1192, 215, 40, "#2a1c1a")
    c.oval(900, 1186, 180, 30, c.rad("#ffb84f", "#c8481f"))
    teapot(c, 885, 1190, 310, "#a8563a")
    for k, a in ((.34, .5), (.62, .3)):
        c.path("M%d %dQ%d %d %d %d" % (760, 1190 - 310 * k, 890,
                                       1190 - 310 * k + 40, 1030,
                                       1190 - 310 * k), "none",
               stroke="#d98a5c", sw=7, op=a)
    flower(c, 860, 1020, 46, "#e9b87a")
    for s in (-1, 1):
        leaf(c, 860, 1030, 90, s * 110, "#c9784f", .4)
    steam_plume(c, 1260, 830, 420, 3)
    steam_plume(c, 900, 790, 300, 2)
    for x, y, s in ((470, 1450, 150), (1330, 1440, 150), (1120, 1590, 165),
                    (680, 1610, 165)):
        cup(c, x, y, s, "#f3e7d2", steam=y < 1500 and x < 600)
    # tangerines and leaves
    for x, y, r in ((250, 1540, 84), (400, 1600, 92), (1560, 1560, 88)):
        c.shadow(x, y + r * .86, r * 1.2, r * .24, .4)
        c.circle(x, y, r, c.rad("#ffc766", "#f0902f", "#c9641f", cx=.35,
                                cy=.3, r=.8))
        c.circle(x, y - r * .8, r * .08, "#5f7a3a")
        leaf(c, x, y - r * .8, r * .9, 60, "#6f8f45", .4)
    c.glow(900, 1290, 760, "#ff9f3f", .6)
    c.vignette("#1a0c12", .55)
    c.grain()


@scene(FARM, "02 给番茄苗浇水", "4:3")
def watering(c):
    """Students water seedlings between rows."""
    c.backdrop("#9fd0c8", "#dcebc9", "#f3e6b8")
    c.glow(520, 260, 620, "#fff6cf", .9)
    cloud(c, 1500, 210, 460, "#ffffff", .8)
    cloud(c, 900, 330, 300, "#ffffff", .7)
    hills(c, 800, 260, "#7fae84", 3)
    facade(c, 1330, 260, 1000, 520, 4, 9, "#e0b088", lit=.05, ac=.2,
           glass="#8fb8b0", balcony="#f6ead2", roof="#b5653f")
    for x, h in ((1280, 460), (200, 520), (60, 400), (2230, 480)):
        tree(c, x, 830, h, "#6fa857", "#6b4a38")
    c.rect(0, 770, c.w, 90, "#8fb868")
    for i in range(30):
        c.rect(i * 78, 720, 18, 110, "#f6ead2", r=6)
    for y in (745, 795):
        c.rect(0, y, c.w, 16, "#f6ead2")
    c.rect(0, 830, c.w, 850, c.lin("#b98a5a", "#8a5c3c"))
    for i in range(7):
        y0, y1 = 850, 1680
        xc = 1120 + (i - 3) * 120
        xb = 1120 + (i - 3) * 720
        c.poly([(xc - 34, y0), (xc + 34, y0), (xb + 230, y1), (xb - 230, y1)],
               c.lin("#7a4f36", "#5b3a2a"))
    rows = []
    for i in range(7):
        if i == 3:
            continue
        for k in range(7):
            t = (k / 6) ** 1.7
            rows.append((880 + t * 760, 1120 + (i - 3) * (120 + 600 * t),
                         90 + 330 * t))
    people_at = 1210
    drawn = False
    for y, x, h in sorted(rows):
        if y > people_at and not drawn:
            drawn = True
            c.shadow(1330, 1240, 190, 26, .4)
            j = person(c, 1330, 1240, 760, "pour", -1, hair="short",
                       top="#e9a93f", bottom="#4f6f8a", turn=.65,
                       sleeve="short", shoes="#3f7d45", skin="#e0a97f",
                       apron="#f3e7d0")
            watering_can(c, j["an"][0] - 40, j["an"][1] + 96, 150, "#3f8f8a",
                         -1, 18)
            for _ in range(26):
                t = c.rng.random()
                dx = j["an"][0] - 205 - t * 60 - c.rng.random() * 40
                dy = j["an"][1] + 60 + t * 190
                c.line([(dx, dy), (dx - 6, dy + 26)], "#e6f8fa", 5, op=.85)
            c.shadow(450, 1250, 200, 26, .4)
            person(c, 450, 1250, 780, "kneel", 1, hair="ponytail",
                   top="#d9653f", bottom="#4a6a5a", turn=.7, sleeve="short",
                   skin="#f6d3b8", shoes="#f3e7d0")
        vine(c, x, y, h, n=4)
    c.shadow(1880, 1330, 160, 22, .4)
    person(c, 1900, 1330, 800, "carrywalk", -1, hair="bob", top="#f6ead2",
           bottom="#6f8f4f", turn=.6, skin="#eec09c", apron="#7fa857")
    basket(c, 1700, 1050, 220, 100)
    for i in range(7):
        leaf(c, 1620 + i * 26, 970, 110, -40 + i * 14, "#6fae57", .4)
    basket(c, 1700, 1050, 220, 90)
    for i in range(7):
        px = 300 + c.rng.random() * 1500
        py = 500 + c.rng.random() * 500
        for s in (-1, 1):
            leaf(c, px, py, 26, s * 50, "#fbd36a", .6, vein=False)
    c.beam([(420, 200), (700, 200), (1500, 1680), (600, 1680)], "#fff6cf",
           .3, 40)
    c.vignette("#3f3a1c", .3)
    c.grain()


@scene(FARM, "03 满满一筐收成", "1:1")
def harvest(c):
    """Basket brimming with vegetables."""
    c.backdrop("#f2c98a", "#e9b06a", "#c98a4f")
    c.circle(900, 720, 640, "#f8dca8", op=.7)
    c.circle(900, 720, 470, "#fbe8c4", op=.7)
    for i in range(26):
        leaf(c, c.rng.choice((c.rng.uniform(-20, 340),
                              c.rng.uniform(1460, 1820))),
             c.rng.uniform(300, 1300), c.rng.uniform(180, 320),
             c.rng.uniform(-70, 70), mix("#6f9a4f", "#b9b45a",
                                         c.rng.random()), .3)
    c.rect(0, 1340, c.w, 460, c.lin("#a8653a", "#7d4a2c"))
    for i in range(5):
        c.rect(0, 1340 + i * i * 22, c.w, 5, "#5f3420", op=.6)
    c.rect(0, 1330, c.w, 16, "#d09058")
    # back layer of produce
    for i in range(7):
        x = 500 + i * 135
        for k in range(5):
            leaf(c, x, 900, c.rng.uniform(380, 560),
                 (i - 3) * 9 + c.rng.uniform(-16, 16),
                 mix("#3f7d45", "#9cc45f", c.rng.random()), .22)
    for x, a in ((560, -20), (690, -8), (1230, 18), (1110, 6)):
        with c.group(transform="translate(%d 900) rotate(%d)" % (x, a)):
            c.path("M-46-160Q0-190 46-160L14 180Q0 210-14 180Z",
                   c.lin("#f6a04a", "#d9682a", x2=1, y2=0))
            for k in range(4):
                c.line([(-30 + k * 9, -110 + k * 50),
                        (0 + k * 4, -106 + k * 50)], "#b9521f", 5, op=.6)
            for k in range(6):
                leaf(c, 0, -160, 230, -40 + k * 16, "#5f9a4f", .1, vein=False)
    # corn, aubergine
    for x, a in ((860, -6), (980, 12)):
        with c.group(transform="translate(%d 800) rotate(%d)" % (x, a)):
            c.oval(0, 0, 70, 230, "#f2c23f")
            for r in range(13):
                for k in range(5):
                    c.oval(-46 + k * 23, -180 + r * 29, 10, 12, "#fbdf7a")
            for s in (-1, 1):
                leaf(c, s * 20, 230, 380, s * 22, "#8fb45a", .2)
    with c.group(transform="translate(1340 940) rotate(34)"):
        c.blob([(0, -190), (80, -90), (100, 70), (0, 170), (-100, 70),
                (-80, -90)], c.lin("#8a5a9a", "#4f2f66", x2=1, y2=0))
        leaf(c, 0, -150, 120, -40, "#5f8a4f", .5)
        leaf(c, 0, -150, 120, 40, "#5f8a4f", .5)
        c.oval(-34, -20, 14, 70, "#ffffff", op=.3)
    cabbage(c, 640, 1120, 200, "#7fb45f")
    cabbage(c, 1160, 1130, 185, "#a8c46f")
    for x, y, r in ((880, 1010, 92), (990, 1070, 86), (800, 1090, 84),
                    (900, 1120, 92), (1330, 1100, 84), (480, 1100, 78),
                    (1010, 990, 70)):
        tomato(c, x, y, r)
    for x, a in ((420, -50), (1430, 60)):
        with c.group(transform="translate(%d 1090) rotate(%d)" % (x, a)):
            c.rect(-42, -190, 84, 360, c.lin("#5f9a4f", "#3f7a3f", "#2f6a3a",
                                             x2=1, y2=0), r=42)
            for k in range(12):
                c.circle(c.rng.uniform(-30, 30), c.rng.uniform(-160, 140), 5,
                         "#a8cf7f", op=.7)
    basket(c, 900, 1560, 1120, 450, "#c98f4f")
    # hands holding the basket
    for s in (-1, 1):
        with c.group(transform="translate(%d 0) scale(%d 1)" % (
                0 if s > 0 else 1800, s)):
            hand_on_rim(c, 320, 1210, ("#f6d3b8", "#e0a97f")[s > 0],
                        ("#d9653f", "#5f8a4f")[s > 0])
    for x, y, r in ((250, 1620, 80), (1560, 1640, 90), (1430, 1690, 60)):
        c.shadow(x, y + r, r * 1.2, r * .2, .4)
        tomato(c, x, y, r, c.rng.choice(("#e0452f", "#f09a3a")))
    for i in range(7):
        leaf(c, 120 + i * 30, 1730, 150, -60 + i * 16, "#6fa04f", .3)
    c.specks(26, (200, 200, 1400, 900), (2, 6), "#fffbe6", (.3, .8))
    c.wash("#ffce80", .2)
    c.vignette("#5a2f1c", .4)
    c.grain()


def hand_on_rim(c, x, y, skin, sleeve):
    """Forearm from the left with fingers over the basket rim."""
    c.path(capsule((x - 420, y + 150), (x - 130, y + 30), 110, 84), sleeve)
    with c.group(transform="translate(%d %d) rotate(-23)" % (x - 132, y + 31)):
        c.rect(-30, -88, 52, 176, light(sleeve, .2), r=20)
    c.path(capsule((x - 96, y + 14), (x + 10, y - 30), 62, 58), skin)
    for k in range(4):
        c.path(capsule((x + 20 + k * 34, y - 36 + k * 6),
                       (x + 40 + k * 36, y + 62 - k * 4), 25, 20), skin)
        if k:
            c.line([(x + 4 + k * 34, y - 14), (x + 20 + k * 36, y + 60)],
                   dark(skin, .2), 4, op=.6)


@scene(FARM, "04 番茄红了", "3:4")
def tomato_vine(c):
    """Close-up of a ripening tomato vine."""
    c.backdrop("#cfe6c4", "#f3e9b8", "#f6d08a")
    c.glow(1100, 380, 760, "#fffbe0", .9)
    with c.group(filt=c.blur(16)):
        facade(c, 760, 620, 820, 860, 5, 5, "#d99a6a", lit=.1,
               balcony="#f6ead2", glass="#9fc0b0")
        for x, h in ((180, 900), (640, 700)):
            tree(c, x, 1600, h, "#8fb868", "#7a5a48")
        person(c, 420, 1650, 620, "carry", 1, hair="bob", top="#e9a93f",
               bottom="#5f7a8a", features=False)
    with c.group(filt=c.blur(5)):
        for _ in range(46):
            leaf(c, c.rng.uniform(-60, 1560), c.rng.uniform(400, 2100),
                 c.rng.uniform(180, 360), c.rng.uniform(-120, 120),
                 mix("#6f9f5a", "#cfe08f", c.rng.random()), .36, vein=False)
    # main stem on a bamboo stake
    c.rect(860, -20, 34, 2060, c.lin("#e0bd7a", "#b98a4a", x2=1, y2=0))
    for y in (180, 620, 1090, 1560):
        c.rect(854, y, 46, 16, "#9a6f3a", r=6)
    c.line([(760, 2040), (840, 1620), (900, 1180), (850, 760), (900, 330),
            (860, -40)], "#5f9a4a", 40, curve=True)
    c.line([(750, 2040), (830, 1620), (890, 1180), (840, 760), (890, 330),
            (850, -40)], "#8fc46a", 9, curve=True, op=.7)
    for y, s, ln in ((1700, -1, 520), (1400, 1, 480), (1080, -1, 560),
                     (700, 1, 500), (420, -1, 540), (160, 1, 460)):
        pts = [(870, y), (870 + s * ln * .5, y - 90), (870 + s * ln, y + 30)]
        c.line(pts, "#5f9a4a", 20, curve=True)
        for k in range(7):
            t = .25 + k * .13
            px = 870 + s * ln * t
            py = y - 90 * math.sin(t * 2.6)
            for q in (-1, 1):
                leaf(c, px, py, 190 - k * 6, s * (62 + q * 52),
                     mix("#3f7d45", "#8fbf5f", c.rng.random()), .4)
        leaf(c, 870 + s * ln, y + 30, 230, s * 105, "#6fae57", .42)
    clusters = ((640, 1240, ((0, 0, 150, 0), (-190, 120, 138, 0),
                             (70, 250, 140, 1), (-130, 350, 120, 0))),
                (1130, 860, ((0, 0, 130, 1), (120, 180, 118, 0),
                             (-70, 210, 124, 2))),
                (620, 580, ((0, 0, 96, 2), (-130, 90, 84, 3),
                            (30, 170, 88, 3))),
                (1090, 1560, ((0, 0, 120, 0), (130, 120, 104, 1))))
    ripe = ("#e0402c", "#ee7a35", "#f0b445", "#9dbb4f")
    for x, y, fruit in clusters:
        c.line([(875, y - 210), ((x + 875) / 2, y - 230), (x, y - 150)],
               "#5f9a4a", 18, curve=True)
        c.line([(x, y - 150), (x - 30, y + 80), (x - 40, y + 260)], "#5f9a4a",
               13, curve=True)
        for dx, dy, r, tone in fruit:
            c.circle(x + dx + 16, y + dy + 22, r, "#3a3a1c", op=.2,
                     filt=c.blur(12))
            tomato(c, x + dx, y + dy, r, ripe[tone])
            c.oval(x + dx + r * .35, y + dy + r * .5, r * .3, r * .12,
                   "#ffffff", op=.14)
    for x, y, a in ((300, 1560, -70), (1310, 1330, 80), (330, 820, -60),
                    (1270, 560, 70)):
        leaf(c, x, y, 300, a, "#7fb85f", .42)
    for x, y in ((980, 300), (760, 220), (1180, 240)):
        flower(c, x, y, 40, "#f8d34f")
    c.beam([(900, -50), (1500, -50), (900, 2000), (0, 2000)], "#fffbe0", .34,
           50)
    for x, y in ((520, 1150), (760, 1460), (1210, 800), (1040, 1520)):
        c.oval(x, y, 13, 17, "#ffffff", op=.7)
    # butterfly
    for s in (-1, 1):
        leaf(c, 330, 420, 130, s * 52, "#f2a23f", .6)
        leaf(c, 330, 425, 90, s * 118, "#e9743f", .6)
    c.line([(330, 380), (330, 465)], "#4a3428", 11)
    c.specks(30, (100, 100, 1300, 1700), (2, 7), "#fffbe6", (.3, .8))
    c.vignette("#4a4a1c", .35)
    c.grain()


@scene(ART, "02 站在画前的五分钟", "16:9")
def before_painting(c):
    """Visitors in front of one very large painting."""
    c.rect(0, 0, c.w, 1020, c.lin("#f3ead8", "#e9d9bb"))
    c.rect(0, 0, c.w, 110, c.lin("#cdb892", "#e3d2b0"))
    for i in range(6):
        x = 280 + i * 380
        c.rect(x - 50, 96, 100, 26, "#3a3a42", r=8)
        c.cone(x, 122, 40, 260, 880, "#fff6d8", .5)
    c.rect(0, 1000, c.w, 30, "#fbf5e6")
    c.rect(0, 1028, c.w, 322, c.lin("#c99a66", "#e0b885"))
    for i in range(15):
        c.line([(1200 + (i - 7) * 170, 1030), (1200 + (i - 7) * 330, 1350)],
               "#a87444", 3, op=.4)
    # the big canvas
    c.rect(680, 200, 1180, 690, "#14182b", op=.35, filt=c.blur(20))
    c.rect(660, 170, 1180, 690, "#fdf8ec")
    box = "M690 200h1120v630h-1120z"
    c.path(box, c.lin("#f6dca8", "#f0b878", "#e98f5f"))
    with c.group(clip=box):
        c.circle(1420, 430, 150, "#fdf0c8")
        c.circle(1420, 430, 118, "#e2593f")
        painting_waves(c)
    frame(c, 130, 280, 380, 500, style=1, palette=GALLERY)
    frame(c, 1980, 250, 330, 440, style=5, palette=GALLERY)
    frame(c, 2040, 740, 210, 210, style=2, palette=GALLERY)
    for x, tone in ((575, "#fffaf0"), (1910, "#fffaf0")):
        c.rect(x - 25, 560, 54, 76, tone, r=3)
        for k in range(3):
            c.rect(x - 16, 574 + k * 16, 34 - k * 6, 6, "#b9a888", r=3)
    # bench and visitors
    for x, hair, top in ((990, "long", "#e9a93f"), (1220, "short",
                                                    "#2f6f74")):
        person(c, x, 1090, 640, "sitfront", 1, hair=hair, top=top, turn=0,
               view="back", seat=True, thigh=.05, shin=.05, bottom="#344a6b",
               shoes="#344a6b")
    c.shadow(1160, 1230, 420, 30, .35)
    c.rect(820, 1080, 640, 48, c.lin("#8f5a38", "#6b4028"), r=12)
    for x in (860, 1390):
        c.rect(x, 1125, 34, 105, "#4a2d22")
    for x, y, h, pose, face, look in (
            (1640, 1230, 640, "back", 1, dict(hair="ponytail", turn=0,
                                              view="back", top="#d9573f",
                                              bottom="#344a6b",
                                              legs="skirt")),
            (1880, 1250, 670, "stand", -1, dict(hair="curly", turn=.5,
                                                top="#f4efe2",
                                                bottom="#6b5747")),
            (420, 1260, 690, "point", 1, dict(hair="bob", turn=.6,
                                              top="#344a6b",
                                              bottom="#b5744a",
                                              an=(96, 118))),
            (250, 1250, 670, "stand", 1, dict(hair="short", turn=.6,
                                              top="#e79a86",
                                              bottom="#3f4a5f",
                                              glasses=True,
                                              bag="#e9a93f"))):
        c.shadow(x, y, h * .22, h * .03, .35)
        person(c, x, y, h, pose, face, **look)
        c.rect(x - h * .1, y + 6, h * .2, 80, c.lin(("#6b4028", .25),
                                                    ("#6b4028", 0)))
    plant(c, 2300, 1270, 420, "snake", "#2f6f74")
    c.vignette("#5a3a20", .32)
    c.grain()


def painting_waves(c):
    """Layers of hills and leaves for the big canvas."""
    tones = ("#e79a86", "#d9573f", "#a8452f", "#2f6f74", "#24505c", "#1d3a4a")
    for i, tone in enumerate(tones):
        y = 430 + i * 76
        c.path("M690 %dC900 %d 1040 %d 1250 %dS1600 %d 1810 %dV840H690Z" % (
            y + 30, y - 120 + i * 20, y + 120, y - 10, y - 110 + i * 26,
            y + 10), tone)
        c.path("M690 %dC900 %d 1040 %d 1250 %dS1600 %d 1810 %d" % (
            y + 44, y - 106 + i * 20, y + 134, y + 4, y - 96 + i * 26,
            y + 24), "none", stroke=light(tone, .25), sw=5, op=.7)
    for i in range(15):
        leaf(c, 720 + i * 76, 850, c.rng.uniform(90, 210),
             c.rng.uniform(-24, 24), c.rng.choice(
                 ("#e9a93f", "#f4e5c8", "#d9573f")), .24)
    c.circle(860, 330, 46, "#fdf0c8", op=.8)


@scene(ART, "03 楼梯间的风动装置", "9:16")
def stair_mobiles(c):
    """Stairwell with mobiles hanging through several floors."""
    c.backdrop("#f6e3bc", "#f0cf98", "#d9a468")
    window_strip(c)
    c.beam([(880, 100), (1300, 100), (700, 2300), (-100, 2300)], "#fff6d8",
           .5, 40)
    for i in range(5):
        y = 470 + i * 470
        flip = i % 2
        x1, x2 = (90, 1010) if not flip else (1010, 90)
        # flight of steps
        n = 9
        pts, soffit = [], []
        for k in range(n):
            sx = x1 + (x2 - x1) * k / n
            nx = x1 + (x2 - x1) * (k + 1) / n
            sy = y - k * 34
            pts += [(sx, sy), (sx, sy - 34), (nx, sy - 34)]
        soffit = [(x2, y - n * 34 + 70), (x1, y + 76)]
        tone = ("#c9784a", "#b5653f")[flip]
        c.poly(pts + soffit, c.lin(light(tone, .1), dark(tone, .12)))
        for k in range(n):
            sx = min(x1 + (x2 - x1) * k / n, x1 + (x2 - x1) * (k + 1) / n)
            c.rect(sx, y - (k + 1) * 34 - 5, abs(x2 - x1) / n + 2, 9,
                   "#f6dfb2")
        # landing
        lx = 820 if not flip else -20
        c.rect(lx if flip else 1000, y - n * 34 - 4, 370 if not flip else 130,
               60, dark(tone, .06))
        # rail
        c.line([(x1, y - 190), (x2, y - n * 34 - 190)], "#3f6a5a", 14)
        for k in range(n):
            sx = x1 + (x2 - x1) * (k + .5) / n
            c.line([(sx, y - (k + 1) * 34), (sx, y - (k + .5) * 34 - 190)],
                   "#3f6a5a", 6)
        who = (dict(hair="long", top="#d9573f", bottom="#344a6b"),
               dict(hair="short", top="#2f6f74", bottom="#5b4a45"),
               dict(hair="ponytail", top="#f4efe2", bottom="#b5533c",
                    legs="skirt"),
               dict(hair="curly", top="#e9a93f", bottom="#344a6b"),
               dict(hair="bob", top="#344a6b", bottom="#6b5747"))[i]
        k = (3, 5, 4, 2, 3)[i]
        px = x1 + (x2 - x1) * (k + .5) / n
        py = y - (k + 1) * 34
        face = 1 if x2 > x1 else -1
        person(c, px, py, 330, ("walk", "point", "walk", "phone", "walk")[i],
               face, turn=.65, nod=-8 if i == 1 else 2, **who)
        c.line([(px - face * 130, y - (k - 1) * 34 - 208),
                (px + face * 130, y - (k + 1.5) * 34 - 208)], "#3f6a5a", 14)
    mobile(c, 800, 0, 130, 200, depth=1, scale=1.6)
    mobile(c, 1120, 0, 600, 170, depth=2, scale=2)
    mobile(c, 430, 0, 1090, 230, depth=2, scale=1.9)
    mobile(c, 1110, 0, 1480, 170, depth=2, scale=2)
    mobile(c, 240, 0, 1700, 130, depth=1, scale=1.7)
    plant(c, 1190, 2360, 560, "palm", "#2f6f74")
    c.rect(0, 2200, c.w, 200, c.lin(("#5a2f1c", 0), ("#5a2f1c", .5)),
           blend="multiply")
    c.specks(50, (100, 100, 1150, 2100), (2, 5), "#fffbe6", (.3, .8))
    c.vignette("#6b3a1c", .34)
    c.grain()


def window_strip(c):
    """Tall window band behind the stairs."""
    c.rect(880, 40, 420, 2240, "#fbf1d8", r=8)
    for i in range(6):
        y = 70 + i * 368
        c.rect(905, y, 370, 340, c.lin("#a8d0c0", "#e6efcf"))
        c.poly([(905, y), (1080, y), (930, y + 340), (905, y + 340)],
               "#ffffff", op=.25)
        with c.group(clip="M905 %dh370v340h-370z" % y):
            tree(c, 1180, y + 420, 360 + i * 22, "#7fae68", "#6b5040",
                 density=22)
    c.rect(1084, 40, 14, 2240, "#fbf1d8")


@scene(ART, "04 雕塑和它的影子", "4:3")
def sculpture_shadow(c):
    """Evening sun throws long shadows across the gallery."""
    c.rect(0, 0, c.w, 1130, c.lin("#e9a86a", "#f2c892", x2=1, y2=.3))
    c.rect(0, 1110, c.w, 30, "#fbe6c2")
    c.rect(0, 1138, c.w, 542, c.lin("#b9764a", "#d99a63"))
    for i in range(7):
        c.rect(0, 1150 + i * i * 12, c.w, 4, "#8f5533", op=.4)
    # light patches of the window on the wall
    for i in range(3):
        for k in range(2):
            x, y = 560 + i * 250, 150 + k * 370
            c.poly([(x, y + 40), (x + 210, y), (x + 210, y + 330),
                    (x, y + 370)], "#ffe9b8", op=.75, filt=c.blur(3))
    with c.group(op=.34, filt=c.blur(7)):
        with c.group(transform="translate(330 60) skewX(-12)"):
            for kind, x, h in ((0, 1140, 940), (1, 1560, 780)):
                shadow_figure(c, x, 1110, h, kind)
        person(c, 780, 1170, 760, "wave", 1, hair="ponytail", top="#7a3f24",
               bottom="#7a3f24", skin="#7a3f24", hair_colour="#7a3f24",
               features=False, shoes="#7a3f24", legs="trousers")
    frame(c, 130, 250, 300, 400, style=4, palette=GALLERY)
    frame(c, 1830, 190, 320, 420, style=3, palette=GALLERY)
    for x, kind, h, tone in ((1240, 0, 1130, "#f3e0c0"),
                             (1740, 1, 960, "#e9dcc6")):
        c.poly([(x - h * .12, 1420), (x + h * .12, 1420), (x + h * .8, 1680),
                (x + h * .3, 1680)], "#5a2c1c", op=.3, filt=c.blur(12))
        sculpture(c, x, 1420, h, tone, kind)
    for x, y, h, pose, face, look in (
            (560, 1450, 830, "wave", 1, dict(hair="ponytail", top="#d9573f",
                                             bottom="#344a6b", turn=.6,
                                             skin="#f6d3b8", an=(96, 128))),
            (270, 1500, 850, "stand", 1, dict(hair="short", top="#2f6f74",
                                              bottom="#4a3a38", turn=.6,
                                              skin="#e0a97f",
                                              glasses=True))):
        c.poly([(x - 60, y), (x + 70, y), (x + 560, 1680), (x + 340, 1680)],
               "#5a2c1c", op=.28, filt=c.blur(12))
        person(c, x, y, h, pose, face, **look)
    c.shadow(2040, 1500, 170, 26, .4)
    j = person(c, 2060, 1500, 780, "crouch", -1, hair="bob", top="#f4efe2",
               bottom="#6b7a4f", turn=.65, skin="#eec09c", an=(56, 122),
               af=(62, 118))
    cx, cy = j["an"][0] - 20, j["an"][1] - 6
    c.rect(cx - 30, cy - 34, 96, 66, "#2a2f3a", r=12)
    c.rect(cx - 66, cy - 22, 44, 44, "#4a5568", r=8)
    c.beam([(-100, 0), (500, 0), (2240, 1500), (1000, 1680)], "#fff0c4", .32,
           60)
    c.specks(44, (100, 100, 2000, 1200), (2, 5), "#fffbe6", (.3, .8))
    c.vignette("#5a2416", .42)
    c.grain()


def shadow_figure(c, x, y, h, kind):
    """Wall shadow of a sculpture."""
    with c.mood("#7a3f24", 1):
        sculpture(c, x, y, h, "#7a3f24", kind)
