"""党建引领: warm reds, ivory and deep teal."""

import math

from kit import Cam, dark, light, mix
from people import person
from props import (armchair, armchair_arm, bookshelf, bush, closed_book, cup,
                   desk_lamp, door, facade, floor_lamp, hand, lantern, leaf,
                   moon, open_book, parcel, pendant, planks, plant, stars,
                   stool, table, tree, umbrella, window)
from stage import corridor, hold_book, scene, sitter, skyline, stander

CLASS = "党建引领/楼道里的红色课堂（望川大学）"
POST = "党建引领/党员先锋岗，把服务送到寝室门口（南屿理工大学）"
STUDY = "党建引领/一间自习室，一支读书会（松湖师范学院）"
WARM = ("#c8503c", "#e3a441", "#f0e4cb", "#2f6f6a", "#8b3a3a", "#d9825b",
        "#39495f")


@scene(CLASS, "01 暖灯下的楼道课堂", "3:2")
def corridor_class(c):
    """Evening lesson in the corridor."""
    cam = Cam(1330, 640, 1480, 1.75)
    corridor(c, cam, half=2.5, high=3.2, near=1.1, far=11, wall="#f0d7ae",
             dado="#b5452f", floor="#c98f5c", ceiling="#e9d3ae",
             doors="#7d3b2c", end="#1f4858", lit=())
    c.rect(0, 0, c.w, c.h, c.rad(("#ffd9a0", 0), ("#a86a4a", .25, .5),
                                 ("#1d4a4c", .8), cx=.55, cy=.42, r=.72),
           blend="multiply")
    for x1, y1, tone in ((-1, 2.78, "#e9a93f"), (-1, 5.45, "#2f6f74"),
                         (1, 2.78, "#d9825b"), (1, 5.45, "#e9a93f")):
        wall = 2.49 * x1
        c.poly(cam.side(wall, y1, y1 + .95, 1.35, 2.15), "#7d4a33")
        c.poly(cam.side(wall, y1 + .05, y1 + .9, 1.42, 2.08), "#f6e4c0")
        c.poly(cam.side(wall, y1 + .12, y1 + .5, 1.5, 1.95), tone)
        c.poly(cam.side(wall, y1 + .55, y1 + .82, 1.5, 2.0), light(tone, .5))
    for z, x in ((8.6, -1.5), (8.6, 1.5), (6.4, -1.6), (6.4, 1.6),
                 (4.3, -1.75), (4.3, 1.75)):
        px, py = cam.p(x, 2.72, z)
        lantern(c, px, cam.p(x, 3.2, z)[1], py, cam.s(z) * .27)
        c.glow(px, py, cam.s(z) * 1.9, "#ffb054", .42)
    # board with an abstract diagram
    for sx in (-.95, .95):
        c.line([cam.p(.25 + sx, .0, 6.9), cam.p(.25 + sx * .8, 2.3, 6.9)],
               "#6b3d2c", 14)
    c.poly(cam.front(-.95, 1.45, .85, 2.35, 6.8), "#8f4f34")
    c.poly(cam.front(-.88, 1.38, .92, 2.28, 6.8), c.lin("#2f6661", "#1f4a4b"))
    s = cam.s(6.8)
    bx, by = cam.p(-.6, 2.0, 6.8)
    for i, k in enumerate((.35, .55, .48, .8)):
        c.rect(bx + i * s * .17, by + s * (.85 - k), s * .1, s * k,
               ("#f0d9a2", "#e79a5c", "#f3e7cf", "#e2593f")[i], r=5)
    c.line([(bx + s * .85, by + s * .7), (bx + s * 1.1, by + s * .35),
            (bx + s * 1.35, by + s * .5), (bx + s * 1.7, by)], "#f6e7c6", 8,
           curve=True)
    for k in (.85, 1.1, 1.35, 1.7):
        c.circle(bx + s * k, by + s * {.85: .7, 1.1: .35, 1.35: .5,
                                       1.7: 0}[k], 13, "#e9b44c")
    px, py = cam.p(.25, 0, 6.3)
    c.glow(px, py - s * 1.2, s * 2.6, "#ffd58a", .5)
    stander(c, cam, 1.62, 6.1, "present", -1, hair="bob", top="#f3e7d2",
            bottom="#39495f", turn=.35, tall=1.72, skin="#f6d3b8",
            an=(100, 118), af=(-14, 10), glasses=True)
    rows = ((5.3, (-1.35, -.5, .45, 2.05)), (4.2, (-.95, .1, 1.2, 2.15)),
            (3.15, (.42, 1.42)))
    hair = ("short", "ponytail", "crew", "bob", "long", "short", "bun",
            "curly", "crew", "long")
    tops = ("#c8503c", "#e8d9bd", "#2f6f6a", "#e3a441", "#39495f", "#d9825b",
            "#f0e4cb", "#2f6f6a", "#e3a441", "#c8503c")
    i = 0
    for z, xs in rows:
        with c.mood("#6b2f1e", .1):
            for x in xs:
                sitter(c, cam, x, z, view="back", hair=hair[i], top=tops[i],
                       bottom="#2b3547", tall=1.66 + .06 * (i % 3 - 1),
                       hood=i % 3 == 0, stool_colour="#a8623a")
                i += 1
    sx, sy = cam.p(-1.75, 0, 4.6)
    plant(c, sx - 260, sy + 30, 430, "monstera", "#b5452f", "#2f6f5a")
    c.glow(1400, 560, 1250, "#ffb95e", .4)
    c.glow(1330, 1250, 1100, "#ff9f4a", .28, ry=420)
    c.rect(0, 0, c.w, c.h, c.lin(("#10302f", .55), ("#10302f", 0, .45),
                                 ("#10302f", 0, 1), x1=0, y1=1, x2=.55, y2=.3),
           blend="multiply")
    c.vignette("#2a1218", .5)
    c.grain()


@scene(POST, "01 推着服务车到门口", "3:4")
def service_cart(c):
    """Volunteers with a cart meeting a student at the door."""
    c.backdrop("#f3dfc0", "#e7c79c")
    c.rect(0, 0, c.w, 1560, c.lin("#f7e8cd", "#ecd0a6"))
    c.rect(0, 980, c.w, 600, c.lin("#b94a34", "#9a3a2a"))
    c.rect(0, 968, c.w, 18, "#f7e6c4")
    for i in range(9):
        c.rect(i * 180 - 40, 1010, 150, 520, "none", stroke="#8a3224", sw=4,
               r=8)
    c.rect(0, 1540, c.w, 30, "#6e2a20")
    planks(c, 0, 1568, c.w, 432, "#c48a58", 5)
    c.rect(0, 0, c.w, 150, c.lin("#d9bd92", "#efdcb9"))
    c.rect(0, 142, c.w, 14, "#c9a878")
    door(c, 870, 1570, 440, 1010, "#2f6f6a", open_to=1, inside="#ffd48a")
    with c.group(clip="M872 562h300v1008h-300z"):
        window(c, 900, 690, 220, 260, c.lin("#8fc4c6", "#e6f0d8"),
               curtain="#e79a5c")
        table(c, 860, 1330, 330, 230, "#b9774a")
        desk_lamp(c, 1000, 1100, 170, "#d9573f")
        c.glow(1000, 950, 420, "#ffe2a0", .7)
    c.glow(1080, 1050, 760, "#ffd88a", .42)
    c.poly([(890, 1572), (1300, 1572), (1480, 2000), (620, 2000)],
           c.lin(("#ffe2a0", .6), ("#ffe2a0", 0)), blend="screen",
           filt=c.blur(18))
    # board on the wall
    c.rect(150, 330, 560, 400, "#14182b", r=10, op=.2, filt=c.blur(14))
    c.rect(140, 315, 560, 400, "#a8633c", r=10)
    c.rect(160, 335, 520, 360, "#e9c48f")
    for i, (x, y, w, h, col) in enumerate((
            (190, 360, 140, 170, "#fbf3e0"), (350, 370, 130, 110, "#e2593f"),
            (505, 355, 140, 190, "#2f6f6a"), (200, 555, 180, 110, "#f0a95c"),
            (410, 510, 76, 150, "#fbf3e0"), (510, 570, 130, 100, "#d98a6a"))):
        with c.group(transform="rotate(%d %d %d)" % ((-3, 2, -1, 3, -2, 2)[i],
                                                     x, y)):
            c.rect(x, y, w, h, col, r=5)
            for k in range(2):
                c.rect(x + w * .15, y + h * (.55 + k * .18), w * .6, 8,
                       dark(col, .25), r=4, op=.6)
            c.circle(x + w * .5, y + h * .28, min(w, h) * .16,
                     light(col, .45))
            c.circle(x + w / 2, y + 6, 9, "#b5342a")
    pendant(c, 430, 0, 215, 78, "#2f6f6a", cone=1250, op=.22)
    pendant(c, 1130, 0, 215, 78, "#2f6f6a", cone=1250, op=.22)
    # greeting student
    c.shadow(1210, 1690, 150, 24)
    person(c, 1210, 1690, 800, "carry", -1, hair="long", top="#f2b85c",
           bottom="#3c5a72", skin="#f6d3b8", turn=.6, hood=True,
           an=(30, 100), af=(20, 92))
    # cart
    c.shadow(520, 1800, 420, 40, .45)
    for y, col in ((1350, "#d9dee0"), (1690, "#c3cbcf")):
        c.rect(220, y, 540, 30, col, r=10)
    for x in (230, 735):
        c.rect(x, 1130 if x < 300 else 1250, 18, 560 if x < 300 else 440,
               "#8d979c", r=8)
    c.line([(239, 1135), (170, 1105)], "#8d979c", 18)
    for x in (280, 700):
        c.circle(x, 1760, 40, "#2b2f38")
        c.circle(x, 1760, 17, "#c3cbcf")
    parcel(c, 360, 1352, 200, 170, "#c99a63")
    parcel(c, 575, 1352, 190, 120, "#dab27c")
    parcel(c, 560, 1234, 130, 90, "#b98655", tilt=-3)
    closed_book(c, 690, 1318, 70, 30, "#2f6f6a")
    parcel(c, 420, 1692, 240, 200, "#b98655")
    c.rect(575, 1560, 140, 132, "#e2593f", r=12)
    c.rect(625, 1535, 40, 40, "none", stroke="#8b2f24", sw=12, r=10)
    plant(c, 650, 1353, 210, "bloom", "#f3e7d2")
    # volunteers
    c.shadow(210, 1850, 160, 26)
    with c.mood("#7a2b22", .04):
        person(c, 820, 1795, 830, "wave", 1, hair="short", top="#f3e7d2",
               vest="#d6402f", bottom="#2b3d52", turn=.55, stripe="#ffe2a0",
               skin="#eec09c", an=(58, 128), af=(-22, 12))
        person(c, 130, 1850, 850, "push", 1, hair="ponytail",
               top="#2f6f6a", vest="#d6402f", bottom="#39495f", turn=.6,
               stripe="#ffe2a0", skin="#f6d3b8", an=(40, 52), af=(48, 62))
    parcel(c, 1048, 1240, 160, 120, "#d8ad78", tilt=-2)
    plant(c, 1420, 1700, 460, "snake", "#e9d9bd")
    c.rect(0, 1250, c.w, 750, c.lin(("#35141a", 0), ("#35141a", .34)),
           blend="multiply")
    c.vignette("#40161a", .38)
    c.grain()


@scene(STUDY, "01 夜色里的自习室", "16:9")
def study_night(c):
    """Study room glowing behind tall windows at night."""
    c.backdrop("#0f2438", "#1c3b4c", "#2d4f57")
    stars(c, 90, c.w, 420)
    moon(c, 330, 190, 58)
    skyline(c, 820, 260, "#17324a", 12)
    for x, h in ((-20, 620), (210, 480)):
        tree(c, x, 1120, h, "#1f4f4c", "#1a2b33")
    # building
    c.rect(420, 130, 2000, 1010, c.lin("#8a3f31", "#66302b"))
    for r in range(26):
        for k in range(40):
            if c.rng.random() < .16:
                c.rect(420 + k * 52 + (r % 2) * 26, 140 + r * 38, 46, 30,
                       c.rng.choice(("#9a4a38", "#7a382e", "#a65640")), r=3,
                       op=.7)
    c.rect(390, 96, 2030, 54, "#d9b98c")
    c.rect(390, 140, 2030, 14, "#8f6f4e")
    x0, top, bw, bh = 540, 270, 560, 740
    for i in range(3):
        x = x0 + i * 620
        c.glow(x + bw / 2, top + bh / 2, 760, "#ffc870", .4)
        c.rect(x - 26, top - 26, bw + 52, bh + 52, "#e6cfa3", r=8)
        box = "M%d %dh%dv%dh-%dz" % (x, top, bw, bh, bw)
        c.path(box, c.lin("#ffe9b8", "#ffd58c", "#f0a95c"))
        with c.group(clip=box):
            bookshelf(c, x + 20 + 30 * (i == 1), top + 560, bw - 40 - 60
                      * (i == 1), 450, 4, "#b9774a", "#8b5436")
            c.rect(x, top, bw, bh, "#ffd58c", op=.24)
            pendant(c, x + bw * .3, top, top + 170, 58, "#2f6f6a")
            pendant(c, x + bw * .75, top, top + 170, 58, "#2f6f6a")
            c.rect(x, top + 640, bw, 100, "#a8623a")
            looks = (
                (("sitread", 1, "bob", "#c8503c"),
                 ("sitwrite", -1, "short", "#2f6f6a")),
                (("sitwrite", 1, "curly", "#39495f"),
                 ("sitread", -1, "long", "#f3e7d2")),
                (("sittalk", 1, "ponytail", "#2f6f6a"),
                 ("sitread", -1, "crew", "#b5452f")))[i]
            for (pose, face, hair, tone), px in zip(looks, (.2, .8)):
                stool(c, x + bw * px, top + bh + 20, 120, 150, "#8f5535")
                j = person(c, x + bw * px, top + 615, 560, pose, face,
                           hair=hair, top=tone, bottom="#2b3547", seat=True,
                           turn=.7, glasses=hair == "short")
                if pose == "sitread":
                    hold_book(c, j, 130, "#8b3a3a")
            c.rect(x + bw * .2, top + 568, bw * .6, 26, "#8f5535", r=6)
            for k in (.27, .7):
                c.rect(x + bw * k, top + 590, 16, 160, "#6b3d2c")
            desk_lamp(c, x + bw * .5, top + 570, 130, "#d9573f",
                      face=1 if i % 2 else -1)
            for k in (.36, .62):
                c.rect(x + bw * k, top + 548, 70, 10, "#c8503c", r=3)
                c.rect(x + bw * k + 6, top + 536, 60, 12, "#2f6f6a", r=3)
        c.rect(x + bw / 2 - 6, top, 12, bh, "#e6cfa3")
        c.rect(x, top + 190, bw, 12, "#e6cfa3")
        for k in (.05, .4):
            c.poly([(x + bw * k, top), (x + bw * (k + .14), top),
                    (x + bw * (k - .1), top + bh), (x + bw * (k - .24),
                                                    top + bh)], "#ffffff",
                   op=.07)
        c.rect(x - 46, top + bh + 26, bw + 92, 26, "#e6cfa3", r=5)
        c.poly([(x, 1140), (x + bw, 1140), (x + bw + 120, 1350),
                (x - 120, 1350)], c.lin(("#ffc870", .5), ("#ffc870", 0)),
               blend="screen", filt=c.blur(14))
    # ground and hedges
    c.rect(0, 1130, c.w, 220, c.lin("#1d3b40", "#12272f"))
    c.rect(420, 1092, 1990, 44, "#4a2a28")
    for x in range(470, 2400, 230):
        bush(c, x, 1150, 230, 90, "#23524a", 12)
    for i in range(3):
        x = x0 + i * 620
        c.poly([(x, 1150), (x + bw, 1150), (x + bw + 90, 1350),
                (x - 90, 1350)], c.lin(("#ffc870", .42), ("#ffc870", 0)),
               blend="screen", filt=c.blur(12))
    bush(c, 120, 1370, 520, 190, "#17403f", 26)
    c.specks(46, (300, 500, 2000, 800), (1.5, 4), "#ffe2a0", (.15, .7))
    c.rect(0, 0, 900, c.h, c.lin(("#0b1a2a", .5), ("#0b1a2a", 0), x2=1, y2=0),
           blend="multiply")
    c.vignette("#081424", .5)
    c.grain()


@scene(CLASS, "02 墙边的读书角", "4:3")
def reading_wall(c):
    """Reading corner against a shelf wall, late afternoon."""
    c.rect(0, 0, c.w, 1250, c.lin("#b8503c", "#9a3f30"))
    for i in range(22):
        c.rect(i * 104, 0, 3, 1240, "#7d3026", op=.35)
    planks(c, 0, 1240, c.w, 440, "#c48a58", 5)
    c.rect(0, 1210, c.w, 34, "#6e2a20")
    c.rect(760, 90, 1400, 1130, "#14182b", op=.3, filt=c.blur(22))
    bookshelf(c, 740, 1215, 470, 1130, 6, "#d9a466", "#8f5536", gap=.16)
    bookshelf(c, 1210, 1215, 470, 1130, 6, "#d9a466", "#8f5536", gap=.1)
    bookshelf(c, 1680, 1215, 470, 1130, 6, "#d9a466", "#8f5536", gap=.18)
    window(c, 120, 170, 480, 640, c.lin("#f2b878", "#ffe2a8", "#e9a070"),
           frame="#f6e6c8", cols=2, rows=3)
    with c.group(clip="M120 170h480v640h-480z"):
        c.glow(420, 560, 330, "#fff4cf", .9)
        skyline(c, 810, 210, "#b5605a", 26)
        tree(c, 210, 840, 430, "#8a4a40", "#5b3434", density=20)
    c.rect(352, 170, 12, 640, "#f6e6c8")
    for k in (383, 597):
        c.rect(120, k, 480, 12, "#f6e6c8")
    c.beam([(130, 180), (600, 180), (1700, 1680), (800, 1680)], "#ffd9a0",
           .34, 30)
    for i, x in enumerate((830, 1170, 1520, 1860)):
        pendant(c, x, 0, 120 + (i % 2) * 40, 52, "#2f4b4a")
    floor_lamp(c, 690, 1290, 760, "#f6dfae", pole="#3a2a2a")
    c.oval(1250, 1430, 960, 150, "#2f6f6a")
    c.oval(1250, 1430, 900, 132, "#3f8079")
    c.oval(1250, 1430, 860, 120, "none", stroke="#f0d9a8", sw=8)
    # armchair reader
    armchair_set(c, 430, 1400, 470, 620, "#2f6f6a", 1)
    # bench readers
    c.shadow(1490, 1345, 540, 40)
    c.rect(1000, 1130, 980, 60, c.lin("#e0b078", "#c48a52"), r=14)
    c.rect(1010, 1106, 960, 40, "#e9c9a0", r=20)
    for x in (1050, 1880):
        c.rect(x, 1185, 44, 155, "#8f5b38", r=6)
    for x, face, hair, top, kw in (
            (1105, 1, "long", "#f3e7d2", dict(skin="#f6d3b8")),
            (1850, -1, "crew", "#d9825b", dict(skin="#cf9468", hood=True))):
        j = person(c, x, 1120, 800, "sitread", face, hair=hair, top=top,
                   bottom="#39495f", seat=True, turn=.65, **kw)
        hold_book(c, j, 190, "#8b3a3a" if face > 0 else "#2f6f6a",
                  tilt=face * 6)
    for k, (w, tone) in enumerate(((170, "#2f6f6a"), (150, "#e3a441"),
                                   (130, "#c8503c"))):
        c.rect(1480 - w / 2, 1082 - k * 26, w, 25, tone, r=4)
    cup(c, 1480, 1029, 46, "#f7efe0")
    plant(c, 2130, 1420, 560, "palm", "#f0e4cb", "#2f7a5a")
    c.shadow(960, 1500, 110, 18)
    for k, (w, tone) in enumerate(((230, "#8b3a3a"), (200, "#f0e4cb"),
                                   (210, "#39495f"), (170, "#d9825b"))):
        c.rect(900 - w / 2 + k * 8, 1490 - k * 34, w, 32, tone, r=4)
        c.rect(900 + w / 2 - 20 + k * 8, 1494 - k * 34, 16, 24, "#fbf3e0")
    c.specks(30, (500, 300, 1300, 900), (1.5, 4), "#fff4d0", (.3, .8))
    c.vignette("#3a1218", .45)
    c.grain()


def armchair_set(c, x, y, w, h, colour, face):
    """Armchair with a reader inside."""
    armchair(c, x, y, w, h, colour, face)
    j = person(c, x - face * 10, y - h * .45, h * 1.3, "sitread", face,
               hair="bob", top="#e3a441", bottom="#4a3a4a", seat=True,
               turn=.65, skin="#f6d3b8", legs="skirt")
    armchair_arm(c, x - face * 20, y, w * .72, h, colour, face)
    hold_book(c, j, h * .3, "#c8503c", face * 5)


@scene(CLASS, "03 围坐讨论到熄灯前", "1:1")
def circle_talk(c):
    """Students in a circle around a lantern."""
    c.rect(0, 0, c.w, 900, c.lin("#16393d", "#2a5452", "#7d5a48"))
    for x in (150, 1190):
        window(c, x, 130, 460, 520, c.lin("#0f2638", "#24506a", "#3f6a74"),
               frame="#d9b98c", cols=2, rows=2)
        with c.group(clip="M%d 130h460v520h-460z" % x):
            stars(c, 400, c.w, 500)
            facade(c, x + 60, 420, 330, 300, 4, 5, "#2a4658", lit=.4, ac=0)
        c.rect(x + 223, 130, 14, 520, "#d9b98c")
        c.rect(x, 383, 460, 14, "#d9b98c")
        for s, cx in ((1, x - 70), (-1, x + 530)):
            c.path("M%d 90h%dQ%d 420 %d 800h%dQ%d 420 %d 90z" % (
                cx, s * 130, cx + s * 112, cx + s * 84, -s * 120, cx - s * 26,
                cx), c.lin("#b8503c", "#8b3a30"))
            for k in (30, 70, 105):
                c.path("M%d 90Q%d 420 %d 800" % (cx + s * k, cx + s * (k - 8),
                                                 cx + s * (k - 28)), "none",
                       stroke="#702c26", sw=5, op=.6)
    c.rect(690, 170, 420, 470, "#14182b", op=.3, filt=c.blur(16))
    c.rect(680, 150, 440, 480, "#8f4f34", r=8)
    c.rect(704, 174, 392, 432, "#f3e3c2")
    for i, (x, y, tone) in enumerate(((730, 205, "#e2593f"),
                                      (860, 215, "#e9b44c"),
                                      (975, 200, "#2f6f6a"),
                                      (745, 360, "#f0a95c"),
                                      (880, 350, "#39495f"),
                                      (985, 365, "#d9825b"),
                                      (800, 490, "#2f6f6a"),
                                      (930, 485, "#e2593f"))):
        with c.group(transform="rotate(%d %d %d)" % ((i * 7) % 9 - 4, x, y)):
            c.rect(x, y, 96, 96, light(tone, .25), r=4)
            c.rect(x + 14, y + 30, 66, 9, dark(tone, .3), op=.6, r=4)
            c.rect(x + 14, y + 54, 44, 9, dark(tone, .3), op=.6, r=4)
    planks(c, 0, 890, c.w, 910, "#a86a42", 6)
    c.rect(0, 872, c.w, 26, "#4f2c26")
    c.oval(900, 1300, 820, 350, "#14182b", op=.3)
    for k, tone in ((1, "#8b3a34"), (.94, "#e9c48f"), (.91, "#9a4237"),
                    (.55, "#b5533f"), (.52, "#9a4237")):
        c.oval(900, 1290, 820 * k, 350 * k, tone)
    c.glow(900, 1200, 1000, "#ffb866", .7, ry=640)
    looks = (("short", "#f0e4cb"), ("bob", "#d9825b"), ("curly", "#2f6f6a"),
             ("long", "#c8503c"), ("crew", "#e3a441"), ("ponytail", "#4d7aa3"))
    with c.mood("#8a4326", .1):
        for i, (x, y, f) in enumerate(((560, 1070, 1), (900, 1030, 1),
                                       (1240, 1070, -1))):
            hair, top = looks[i]
            c.oval(x, y + 10, 120, 30, dark(top, .35))
            person(c, x, y, 540, "floor", f, hair=hair, top=top, seat=True,
                   bottom="#39435a", turn=(.6, .15, .6)[i],
                   an=((26, 60), (40, -40), (60, 130))[i],
                   af=((34, 70), (-40, 40), (34, 70))[i],
                   ln=((74, 292), (64, -70), (74, 292))[i],
                   lf=((92, 262), (-64, 70), (92, 262))[i])
        for x, y, f, (hair, top), pose in (
                (270, 1330, 1, looks[3], dict(an=(30, 100), af=(44, 104),
                                              nod=14)),
                (1530, 1330, -1, looks[4], dict(an=(70, 128)))):
            c.oval(x, y + 12, 130, 34, dark(top, .35))
            j = person(c, x, y, 620, "floor", f, hair=hair, top=top, seat=True,
                       bottom="#2f3f4f", turn=.7, **pose)
            if f > 0:
                hold_book(c, j, 150, "#2f6f6a")
    # lantern and books in the middle
    c.shadow(900, 1330, 150, 30, .5)
    c.rect(835, 1130, 130, 190, c.lin("#fff0b8", "#ffc25e"), r=30)
    for k in (835, 893, 953):
        c.rect(k, 1130, 12, 190, "#5b3428")
    c.rect(815, 1110, 170, 28, "#5b3428", r=10)
    c.rect(815, 1312, 170, 28, "#5b3428", r=10)
    c.path("M850 1112Q900 1010 950 1112", "none", stroke="#5b3428", sw=10)
    c.glow(900, 1220, 520, "#ffce78", .9)
    for x, y, tone, t in ((640, 1330, "#e3a441", -12), (1120, 1400, "#c8503c",
                                                        10),
                          (720, 1450, "#2f6f6a", 6)):
        open_book(c, x, y, 190, tone, tilt=t)
    cup(c, 1050, 1310, 44, "#f7efe0")
    cup(c, 560, 1420, 44, "#f0d9a8")
    # two from behind
    for x, hair, top in ((590, "ponytail", "#4d7aa3"), (1230, "short",
                                                        "#8b3a3a")):
        c.shadow(x, 1700, 250, 44, .5)
        c.blob([(x - 210, 1700), (x - 110, 1600), (x + 110, 1600),
                (x + 210, 1700), (x, 1735)], "#2b3547")
        person(c, x, 1690, 820, "sitfront", 1, hair=hair, top=top, turn=0,
               seat=True, view="back", thigh=.05, shin=.05,
               bottom="#2b3547", shoes="#2b3547", an=(24, -10), af=(-24, 10),
               hood=hair == "short")
        c.oval(x, 1716, 190, 30, "#2b3547")
    c.vignette("#1a1020", .6)
    c.grain()


@scene(POST, "02 修好一盏旧台灯", "3:2")
def lamp_repair(c):
    """Two students repair a desk lamp."""
    c.backdrop("#2b5654", "#1f4448")
    c.glow(1240, 620, 1200, "#ffbe6a", .5)
    window(c, 150, 120, 520, 560, c.lin("#152f44", "#2f5a70"),
           frame="#d9b98c", cols=2, rows=2, curtain="#b8503c")
    bookshelf(c, 1760, 700, 560, 560, 3, "#a8683c", "#5f3a2c")
    c.rect(1740, 700, 600, 24, "#8f5535", r=5)
    c.rect(860, 130, 640, 420, "#14182b", op=.25, r=8, filt=c.blur(14))
    c.rect(850, 110, 640, 420, "#e0b078", r=8)
    for i in range(9):
        for k in range(6):
            c.circle(895 + i * 70, 150 + k * 66, 5, "#8f5b38")
    tools_on_wall(c)
    # people behind the desk
    with c.mood("#ffb866", .07):
        person(c, 780, 1330, 1420, "sitwrite", 1, hair="short",
               top="#f3e7d2", vest="#d6402f", stripe="#ffe2a0", seat=True,
               bottom="#2b3547", turn=.55, glasses=True, skin="#eec09c",
               lean=14, an=(30, 82), af=(46, 74))
        person(c, 1800, 1320, 1400, "sit", -1, hair="long", top="#e3a441",
               seat=True, bottom="#2b3547", turn=.55, skin="#f6d3b8", lean=8,
               an=(20, 74), af=(34, 84), nod=12, hood=True)
    c.rect(0, 1160, c.w, 440, c.lin("#c98a52", "#a3683c"))
    c.rect(0, 1150, c.w, 30, "#e3ae74")
    for i in range(9):
        c.path("M0 %dQ600 %d 1300 %dT2400 %d" % (
            1210 + i * 44, 1196 + i * 46, 1216 + i * 42, 1204 + i * 45),
            "none", stroke="#8f5633", sw=3, op=.35)
    c.shadow(1280, 1250, 260, 40, .45)
    desk_lamp(c, 1250, 1250, 640, "#d9573f", 1)
    c.oval(1440, 1240, 420, 90, c.rad(("#fff0c0", .8), ("#fff0c0", 0)),
           blend="screen")
    # parts on the table
    c.rect(760, 1300, 420, 170, "#2f6f6a", r=16)
    c.rect(778, 1316, 384, 138, "#3f857c", r=10)
    for i in range(8):
        c.circle(815 + i * 44, 1360 + (i % 3) * 26, 12, "#e9d7ac")
        c.circle(815 + i * 44, 1360 + (i % 3) * 26, 5, "#8f7a52")
    for x, tone, a in ((620, "#e3a441", -24), (500, "#c8503c", 12),
                       (1700, "#2f6f6a", 18)):
        with c.group(transform="translate(%d 1400) rotate(%d)" % (x, a)):
            c.rect(-8, -150, 16, 120, "#c9d0d4", r=4)
            c.rect(-24, -36, 48, 130, c.lin(light(tone, .2), dark(tone, .1),
                                            x2=1, y2=0), r=20)
    c.line([(1350, 1235), (1500, 1330), (1690, 1290), (1900, 1390),
            (2180, 1330)], "#2a2a33", 13, curve=True)
    c.rect(2160, 1296, 84, 62, "#f0e4cb", r=12)
    for k in (0, 26):
        c.rect(2240, 1310 + k, 36, 9, "#c9d0d4")
    c.circle(1560, 1430, 44, "#fff6d8")
    c.rect(1536, 1462, 48, 46, "#b9bcc0", r=8)
    c.glow(1560, 1430, 110, "#ffe9b0", .4)
    cup(c, 330, 1390, 120, "#f0e4cb")
    closed_book(c, 2080, 1490, 330, 56, "#8b3a3a", -4)
    closed_book(c, 2070, 1440, 290, 46, "#39495f", 2)
    c.glow(1400, 1000, 640, "#ffdf9a", .5)
    c.vignette("#0d2226", .6)
    c.grain()


def tools_on_wall(c):
    """Wrench, pliers, tape and coil on the peg board."""
    c.line([(950, 220), (950, 430)], "#8d979c", 26)
    c.circle(950, 200, 40, "#8d979c")
    c.circle(950, 186, 20, "#e0b078")
    for s in (-1, 1):
        c.line([(1090 - s * 26, 190), (1090, 270), (1090 + s * 44, 430)],
               "#c8503c" if s > 0 else "#a84030", 22)
    c.line([(1072, 180), (1108, 270)], "#8d979c", 22)
    c.line([(1108, 180), (1072, 270)], "#8d979c", 22)
    c.circle(1250, 260, 70, "#2f6f6a")
    c.circle(1250, 260, 34, "#e0b078")
    for k in range(3):
        c.circle(1390, 320, 66 - k * 16, "none", stroke="#39495f", sw=9)
    c.rect(1210, 390, 90, 60, "#e3a441", r=10)


@scene(POST, "03 雨天里的快递接力", "16:9")
def rain_parcels(c):
    """Parcels carried in the rain."""
    c.backdrop("#3f6670", "#6f8f90", "#a8b3a6")
    skyline(c, 880, 360, "#5f8288", 14)
    for x, h in ((250, 560), (620, 430), (900, 380)):
        tree(c, x, 930, h, "#3f6f66", "#33413f")
    facade(c, 1330, 40, 1150, 860, 5, 8, "#a85a48", lit=.35, ac=.2,
           glass="#4a6a78")
    c.rect(1330, 40, 1150, 860, "#3f6670", op=.22)
    c.rect(1560, 560, 560, 350, "#5b342e")
    c.rect(1600, 600, 480, 310, c.lin("#ffeab8", "#ffc870"))
    for k in (1, 2, 3):
        c.rect(1600 + k * 120 - 6, 600, 12, 310, "#5b342e")
    c.rect(1480, 520, 720, 52, "#d9573f", r=8)
    c.rect(1480, 560, 720, 14, "#9a3a2a")
    for x in (1510, 2150):
        c.rect(x, 570, 22, 350, "#e9d7b8")
    c.glow(1840, 760, 620, "#ffce80", .6)
    c.rect(0, 900, c.w, 450, c.lin("#6f8784", "#4a666a"))
    c.rect(1440, 890, 800, 34, "#c9bda8")
    c.rect(1400, 920, 880, 30, "#a89f90")
    # wet reflections
    c.poly([(1600, 950), (2080, 950), (2180, 1350), (1440, 1350)],
           c.lin(("#ffce80", .65), ("#ffce80", 0)), blend="screen",
           filt=c.blur(20))
    for x, tone, w in ((560, "#d9573f", 200), (1120, "#e3a441", 190),
                       (1700, "#2f8079", 160)):
        c.rect(x - w / 2, 1240, w, 110, c.lin((tone, .45), (tone, 0)),
               filt=c.blur(16))
    for _ in range(40):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(970, 1340)
        k = (y - 900) / 300
        c.oval(x, y, 40 * k + 12, 9 * k + 3, "none", stroke="#d6e4e2", sw=2.5,
               op=.5)
    # shelter volunteers and students with umbrellas
    c.shadow(1990, 930, 120, 16, .4)
    person(c, 1990, 930, 400, "carry", -1, hair="bob", top="#f3e7d2",
           vest="#d6402f", stripe="#ffe2a0", bottom="#39495f", turn=.6)
    parcel(c, 1890, 775, 110, 76)
    for x, y, h, face, hair, coat, tone, kw in (
            (1700, 1190, 470, 1, "long", "#e3a441", "#2f8079", {}),
            (1180, 1250, 560, 1, "short", "#f0c060", "#e3a441", {})):
        c.shadow(x, y, h * .25, h * .03, .4)
        j = person(c, x, y, h, "umbrella", face, hair=hair, top=coat,
                   bottom="#2b3d52", coat=True, turn=.65, shoes="#3a3f48",
                   **kw)
        umbrella(c, j["an"][0], j["an"][1] - h * .3, h * .42, tone, -6,
                 handle=.72)
    # big hand truck in front
    c.shadow(760, 1300, 360, 30, .5)
    c.line([(560, 960), (610, 1270), (880, 1270)], "#39434a", 18)
    c.circle(640, 1280, 42, "#23272f")
    c.circle(640, 1280, 18, "#aab4b8")
    c.circle(850, 1285, 34, "#23272f")
    parcel(c, 760, 1262, 270, 170)
    parcel(c, 745, 1094, 230, 130, "#b98655")
    parcel(c, 770, 966, 160, 100, "#d9b07a", tilt=2)
    c.path("M600 1250Q610 900 700 850Q800 830 880 870Q920 1000 910 1256Z",
           "#dff0f0", op=.28)
    c.shadow(420, 1290, 170, 22, .5)
    j = person(c, 390, 1290, 720, "push", 1, hair="ponytail", top="#d6402f",
               bottom="#2b3d52", coat=True, turn=.65, shoes="#2f6f6a",
               skin="#f6d3b8", an=(44, 76), af=(54, 78))
    umbrella(c, 630, 632, 390, "#d9573f", 8, handle=.92)
    c.shadow(1010, 1300, 120, 18, .4)
    c.specks(300, (-100, -60, c.w + 200, c.h), (30, 90), "#e6f2f2", (.12, .45),
             slant=-.22)
    c.vignette("#142a30", .45)
    c.grain()


@scene(STUDY, "02 书架之间的夜晚", "3:4")
def between_shelves(c):
    """Aisle between tall shelves with a reader on a ladder."""
    cam = Cam(760, 820, 1150, 1.7)
    c.backdrop("#1b3f44", "#24504f")
    near, far, half, high = 1.15, 7.5, 1.35, 4.2
    c.poly(cam.floor(-half, half, near, far), c.lin("#8f5535", "#c98a55"))
    tiles_floor(c, cam, half, near, far)
    c.poly(cam.front(-half, half, 0, high, far), c.lin("#2a5a66", "#173846"))
    a, b = cam.p(-.85, 3.4, far), cam.p(.85, .3, far)
    window(c, a[0], a[1], b[0] - a[0], b[1] - a[1],
           c.lin("#12304a", "#3a6a80", "#e8b070"), frame="#e2c79b", cols=2,
           rows=4)
    for side in (-half, half):
        c.poly(cam.side(side, near, far, 0, high), "#5f3728")
        shelf_wall(c, cam, side, near, far, high)
    for z in (5.6, 3.9, 2.7):
        px, py = cam.p(0, 3.35, z)
        pendant(c, px, cam.p(0, 6, z)[1], py, cam.s(z) * .24, "#b5452f",
                cone=cam.s(z) * 3.1, op=.3)
    c.glow(760, 820, 780, "#ffbf70", .45)
    # ladder reader
    x1, y1 = cam.p(.98, 0, 3.0)
    top = (x1 + 66, y1 - 900)
    for dx in (0, 110):
        c.line([(x1 - 90 + dx, y1), (top[0] - 60 + dx * .8, top[1])],
               "#d9a466", 16)
    for i in range(8):
        t = i / 8 + .06
        c.line([(x1 - 90 + 96 * t, y1 - 900 * t),
                (x1 + 20 + 74 * t, y1 - 900 * t)], "#b9804a", 13)
    stand_y = y1 - 300
    j = person(c, x1 - 30, stand_y, 640, "reach", 1, hair="ponytail",
               top="#e3a441", bottom="#39495f", turn=.65, skin="#f6d3b8",
               an=(118, 140), af=(60, 100))
    closed_book(c, j["an"][0] + 22, j["an"][1] - 20, 56, 80, "#c8503c", 14)
    # reader walking towards us
    px, py = cam.p(-.42, 0, 2.35)
    c.shadow(px, py, 170, 26, .5)
    j = person(c, px, py, cam.s(2.35) * 1.62, "stand", 1, hair="short",
               top="#f3e7d2", bottom="#2b3d52", turn=.55, glasses=True,
               hood=True, skin="#eec09c", an=(20, 112), af=(30, 108), nod=12)
    hold_book(c, j, 180, "#8b3a3a", 4)
    px, py = cam.p(.1, 0, 5.6)
    with c.mood("#a85f38", .2):
        person(c, px, py, cam.s(5.6) * 1.66, "walk", -1, hair="long",
               top="#c8503c", bottom="#39495f", turn=.5)
    c.shadow(330, 1890, 200, 26, .5)
    for k, (w, tone) in enumerate(((300, "#2f6f6a"), (260, "#e3a441"),
                                   (280, "#8b3a3a"), (230, "#f0e4cb"))):
        c.rect(250 - w / 2 + (k % 2) * 16, 1850 - k * 44, w, 42, tone, r=5)
        c.rect(250 + w / 2 - 24 + (k % 2) * 16, 1855 - k * 44, 20, 32,
               "#fbf3e0")
    c.specks(40, (250, 300, 1000, 1300), (1.5, 4), "#ffe9b8", (.2, .8))
    c.vignette("#0d1f2a", .6)
    c.grain()


def tiles_floor(c, cam, half, near, far):
    """Boards of the library aisle."""
    for i in range(10):
        x = -half + i * half * 2 / 9
        c.line([cam.p(x, 0, near), cam.p(x, 0, far)], "#6b3d2a", 4, op=.5)


def shelf_wall(c, cam, x, near, far, high):
    """Books along a side wall in perspective."""
    rows = 9
    for r in range(rows):
        y0 = .12 + r * (high - .15) / rows
        z = near
        while z < far - .08:
            w = c.rng.uniform(.035, .085)
            if c.rng.random() < .07:
                z += w * 2
                continue
            hh = (high / rows) * c.rng.uniform(.6, .86)
            tone = mix(c.rng.choice(WARM), "#5f3728", .12 + .06 * z)
            c.poly(cam.side(x, z, min(z + w, far), y0, y0 + hh), tone)
            c.poly(cam.side(x, z, min(z + w, far), y0 + hh * .75,
                            y0 + hh * .82), light(tone, .45))
            z += w + .006
        c.poly(cam.side(x, near, far, y0 - .05, y0), "#b9774a")
    z = near + .3
    while z < far:
        c.poly(cam.side(x, z, z + .07, 0, high), "#a8653c")
        z += 1.1


@scene(STUDY, "03 圆桌边的读书会", "3:2")
def round_table(c):
    """Reading group at a round table."""
    c.rect(0, 0, c.w, 1000, c.lin("#eccf9e", "#e0b47c"))
    for i in range(4):
        x = 130 + i * 580
        window(c, x, 110, 400, 600, c.lin("#f6b98a", "#ffe0ae", "#d98a6a"),
               frame="#fbf1dc", cols=2, rows=3)
        with c.group(clip="M%d 110h400v600h-400z" % x):
            skyline(c, 720, 200, "#b56a58", 30)
            tree(c, x + 90, 760, 420, "#8a5a44", "#5b3a34", density=18)
        c.rect(x + 194, 110, 12, 600, "#fbf1dc")
        for k in (310, 510):
            c.rect(x, k, 400, 10, "#fbf1dc")
    c.rect(0, 800, c.w, 210, c.lin("#a8452f", "#8b3a2c"))
    c.rect(0, 790, c.w, 16, "#f6e6c8")
    planks(c, 0, 1000, c.w, 600, "#c08652", 5)
    for x in (560, 1200, 1840):
        pendant(c, x, 0, 250, 96, "#2f6f6a", cone=900, op=.26)
    bookshelf(c, 2130, 1030, 300, 700, 4, "#a8683c", "#6b3f2c")
    plant(c, 120, 1090, 560, "palm", "#2f6f6a", "#3f8a5f")
    back = ((690, 1, "bob", "#f3e7d2", "sitread"),
            (1020, 1, "short", "#2f6f6a", "sittalk"),
            (1390, -1, "long", "#d9825b", "sitread"),
            (1730, -1, "crew", "#39495f", "sitlisten"))
    for x, f, hair, top, pose in back:
        j = person(c, x, 1010, 680, pose, f, hair=hair, top=top, seat=True,
                   bottom="#2b3547", turn=.45, glasses=hair == "crew",
                   skin=c.rng.choice(("#f6d3b8", "#eec09c", "#e0a97f")))
        if pose == "sitread":
            hold_book(c, j, 170, "#c8503c" if f > 0 else "#2f6f6a")
    c.shadow(1200, 1500, 640, 60, .5)
    c.poly([(1120, 1100), (1280, 1100), (1330, 1490), (1070, 1490)],
           "#8f5535")
    c.oval(1200, 1120, 800, 190, "#8f5535")
    c.oval(1200, 1092, 800, 190, c.rad("#f0c48a", "#d99a5c", r=.6))
    for k in (.8, .55, .3):
        c.oval(1200, 1092, 800 * k, 190 * k, "none", stroke="#b9774a", sw=3,
               op=.4)
    for x, y, t, tone in ((760, 1090, -8, "#8b3a3a"), (1130, 1010, 4,
                                                       "#e3a441"),
                          (1490, 1030, 8, "#39495f"), (1180, 1190, 0,
                                                       "#c8503c")):
        open_book(c, x, y, 190, tone, tilt=t)
    plant(c, 1320, 1110, 190, "bloom", "#2f6f6a")
    cup(c, 960, 1130, 56, "#f7efe0")
    cup(c, 1570, 1130, 56, "#e9d0a0")
    for k, tone in enumerate(("#2f6f6a", "#e3a441", "#c8503c")):
        c.rect(1000 - k * 4, 1060 - k * 20, 130, 19, tone, r=3)
    for x, hair, top, f in ((640, "ponytail", "#c8503c", 1),
                            (1760, "curly", "#e3a441", -1)):
        c.shadow(x, 1590, 170, 30, .4)
        person(c, x, 1320, 860, "sitfront", f, hair=hair, top=top, turn=0,
               view="back", seat=True, bottom="#2b3547")
        c.rect(x - 130, 1320, 260, 40, "#b9774a", r=16)
        for k in (-100, 84):
            c.rect(x + k, 1350, 18, 250, "#8f5535")
        c.rect(x - 120, 1180, 240, 26, "#a8683c", r=12)
        c.rect(x - 120, 1240, 240, 26, "#a8683c", r=12)
    c.beam([(200, 100), (800, 100), (1900, 1600), (900, 1600)], "#ffe2b0",
           .26, 40)
    c.vignette("#4a1c18", .42)
    c.grain()


@scene(STUDY, "04 翻到同一页", "1:1")
def same_page(c):
    """Table from above with hands and open books."""
    c.backdrop("#c98a55", "#b5733f")
    for i in range(6):
        c.rect(0, i * 300, c.w, 296, mix("#c98a55", "#a8653a", (i % 3) / 3),
               op=.7)
        c.rect(0, i * 300, c.w, 5, "#8a4f30")
        for _ in range(5):
            y = i * 300 + c.rng.uniform(30, 270)
            c.path("M0 %.0fQ%.0f %.0f 900 %.0fT1800 %.0f" % (
                y, c.rng.uniform(200, 700), y + c.rng.uniform(-26, 26), y,
                y + 8), "none", stroke="#8a4f30", sw=3, op=.35)
    c.glow(900, 860, 1000, "#ffdf9f", .5)
    skins = ("#f6d3b8", "#e0a97f", "#eec09c", "#cf9468", "#f9dcc6")
    tops = ("#c8503c", "#2f6f6a", "#e3a441", "#f0e4cb", "#39495f")
    for i in range(5):
        a = -90 + i * 72 + 36
        r = 500
        bx = 900 + math.cos(math.radians(a)) * r
        by = 900 + math.sin(math.radians(a)) * r
        flat_book(c, bx, by, 400, a + 90 + 180, ("#8b3a3a", "#39495f",
                                                 "#2f6f6a", "#c8503c",
                                                 "#e3a441")[i])
        for s in (-1, 1):
            ha = math.radians(a)
            hx = bx + math.cos(ha) * 150 - math.sin(ha) * s * 175
            hy = by + math.sin(ha) * 150 + math.cos(ha) * s * 175
            hand(c, hx, hy, 118, a - 90 + s * 14, skins[i], tops[i])
    # centre: tea, leaf bookmark and lamp light
    c.circle(912, 920, 165, "#14182b", op=.22, filt=c.blur(14))
    c.circle(900, 900, 160, "#2f6f6a")
    c.circle(900, 900, 142, "#3f857c")
    plant_top(c, 900, 900, 150)
    for x, y, tone in ((1210, 880, "#f7efe0"), (600, 1010, "#d9573f")):
        c.circle(x + 8, y + 14, 62, "#14182b", op=.25, filt=c.blur(8))
        c.circle(x, y, 60, tone)
        c.circle(x, y, 49, "#8f5530")
        c.path("M%d %da34 34 0 0 1 40-30" % (x - 34, y), "none",
               stroke="#d9a06a", sw=6, op=.8, stroke_linecap="round")
        c.circle(x + 72, y + 10, 20, "none", stroke=tone, sw=12)
    for x, y, a, tone in ((660, 780, 30, "#c8503c"), (1130, 1130, -40,
                                                      "#e3a441")):
        with c.group(transform="translate(%d %d) rotate(%d)" % (x, y, a)):
            c.rect(-9, -110, 18, 190, tone, r=5)
            c.poly([(-9, 80), (9, 80), (0, 112)], "#f0d9b0")
    c.wash("#ffb866", .18)
    c.vignette("#3a1a14", .5)
    c.grain()


def flat_book(c, x, y, w, angle, cover):
    """Open book from above."""
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y,
                                                                  angle)):
        h = w * .66
        c.rect(-w / 2 + 10, -h / 2 + 16, w, h, "#14182b", op=.3, r=10,
               filt=c.blur(9))
        c.rect(-w / 2 - 8, -h / 2 - 8, w + 16, h + 16, cover, r=10)
        for s in (-1, 1):
            c.path("M0 %.1fQ%.1f %.1f %.1f %.1fV%.1fQ%.1f %.1f 0 %.1fZ" % (
                -h / 2, s * w * .2, -h * .54, s * w * .49, -h / 2, h / 2,
                s * w * .2, h * .46, h / 2), c.lin(
                    "#fdf6e6" if s < 0 else "#e9dcc0",
                    "#e3d4b4" if s < 0 else "#fdf6e6", x2=1, y2=0))
            for k in range(7):
                c.rect(s * w * .26 - w * .17, -h * .36 + k * h * .1,
                       w * c.rng.uniform(.22, .34), h * .026, "#a8977c",
                       r=3, op=.6)
        c.line([(0, -h / 2), (0, h / 2)], "#b9a888", 5)


def plant_top(c, x, y, r):
    """Pot plant seen from above."""
    for ring, n, ln in ((1, 9, 1.15), (.7, 7, .8), (.4, 5, .5)):
        for i in range(n):
            a = i * 360 / n + ring * 40
            leaf(c, x, y, r * ln, a, mix("#2f7a5a", "#8fc47a",
                                         (1 - ring) * .9), .4)
