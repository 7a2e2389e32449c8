"""平安社区: emerald and night blue with warm light."""

import math

from kit import Cam, capsule, dark, light, mix
from people import HAIR, SKIN, crowd_colour, person
from props import (bike, bookshelf, bunk, bush, closed_book, cloud, cup,
                   desk_lamp, door, extinguisher, facade, pendant, phone,
                   planks, plant, shield, stars, steam_plume, tree, window)
from stage import corridor, hills, scene, skyline, stander

DRILL = "平安社区/十分钟疏散：一次没有预告的消防演练（星河工业大学）"
NIGHT = "平安社区/夜归灯：凌晨一点的守候（临溪大学）"
FRAUD = "平安社区/反诈小分队敲开每一扇门（望川大学）"
COATS = ("#2f8f74", "#e3a441", "#d9664a", "#3f6f9a", "#f0e4cb", "#6a5a8a",
         "#7fae6a", "#39495f")


def small_figure(c, x, y, h, face=1, pose=None, **look):
    """Distant walker without facial detail."""
    rng = c.rng
    c.oval(x, y, h * .2, h * .035, "#0d1a26", op=.35)
    person(c, x, y, h, pose or rng.choice(("walk", "walk", "run")), face,
           hair=rng.choice(("short", "bob", "ponytail", "long", "crew")),
           top=crowd_colour(c, COATS), features=False,
           bottom=rng.choice(("#26364a", "#3b3f52", "#4a4038")), **look)


@scene(DRILL, "01 警铃响起后的第三分钟", "16:9")
def evacuation(c):
    """Dusk: students leave the building for the sports field."""
    c.backdrop(("#1f3f66", 1, 0), ("#5a7494", 1, .28), ("#e8a07a", 1, .5),
               ("#ffcf8f", 1, .64))
    c.glow(640, 800, 1000, "#ffc98a", .7, ry=420)
    for x, y, w in ((300, 190, 520), (1000, 120, 420), (640, 330, 360)):
        cloud_band(c, x, y, w)
    hills(c, 860, 150, "#6a6f84", 3)
    skyline(c, 850, 130, "#7a7388", 18)
    # the dormitory
    with c.mood("#2a3f63", .2):
        facade(c, 1180, 70, 1300, 760, 6, 11, "#d0a488", lit=.62, ac=.25,
               warm="#ffd890", balcony=None, roof="#5b4a55")
    c.rect(1180, 70, 1300, 760, c.lin(("#f2a878", .35), ("#1f3b5c", .3), x2=1,
                                      y2=.4), blend="multiply")
    c.rect(1560, 640, 380, 220, "#5b4a4f")
    c.rect(1590, 670, 320, 200, c.lin("#fff1c9", "#ffd07a"))
    for k in (1, 2, 3):
        c.rect(1590 + 80 * k - 5, 670, 10, 200, "#5b4a4f")
    c.rect(1520, 620, 460, 34, "#e9d3b0", r=4)
    c.circle(1750, 596, 24, "#e2493a")
    c.glow(1750, 596, 190, "#ff5a45", .75)
    for x in (1215, 2080, 2330):
        tree(c, x, 900, 430, "#2f6a58", "#3a3038")
    bush(c, 1400, 880, 260, 80, "#2a5f52", 14)
    bush(c, 2200, 890, 420, 90, "#2a5f52", 20)
    # ground, path and track
    c.rect(0, 840, c.w, 510, c.lin("#4f8a64", "#2c6a54", "#1f5548"))
    c.poly([(1600, 862), (1900, 862), (1500, 1350), (260, 1350)],
           c.lin("#dcb894", "#b98f78"))
    c.path("M-50 905Q700 850 1340 905Q1100 980 -50 1050Z", "#b9604a", op=.9)
    for k in (0, 26, 54):
        c.path("M-50 %dQ700 %d 1320 %d" % (925 + k * 1.6, 872 + k * 1.2,
                                            905 + k * .4),
               "none", stroke="#f3e2cd", sw=4, op=.7)
    c.poly([(1590, 870), (1910, 870), (1980, 1000), (1420, 1000)],
           c.lin(("#ffe2a0", .75), ("#ffe2a0", 0)), blend="screen",
           filt=c.blur(10))
    # already assembled groups on the field
    for row in range(4):
        for k in range(13):
            small_figure(c, 90 + k * 54 + row * 14 + (k // 5) * 46,
                         900 + row * 17, 66 + row * 6, 1, "front", turn=.2)
    # the stream of people
    walkers = []
    for i in range(54):
        t = (i / 53) ** 1.25
        y = 880 + t * 395
        mid = 1745 - t * 800
        walkers.append((y + c.rng.uniform(-6, 6), mid + c.rng.uniform(-1, 1)
                        * (110 + t * 300), 96 + t * 300))
    for y, x, h in sorted(walkers):
        small_figure(c, x, y, h, -1, "walk" if c.rng.random() < .86
                     else "run", turn=.65)
    # marshals
    for x, y, h, face in ((2060, 1240, 420, -1), (430, 1150, 330, 1)):
        c.shadow(x, y, h * .25, h * .04, .5)
        person(c, x, y, h, "point", face, hair="short", top="#2c4a5f",
               vest="#f2b632", stripe="#fff6d8", bottom="#26364a", turn=.5,
               extra="helmet", skin=SKIN[1])
    for x, h in ((2330, 860), (1020, 330)):
        y = 1330 if h > 500 else 930
        c.rect(x - h * .008, y - h, h * .016, h, "#2a3440")
        c.glow(x, y - h, h * .55, "#ffdf9a", .8)
        c.oval(x, y - h, h * .05, h * .02, "#fff4d0")
    bush(c, 2320, 1390, 420, 150, "#1f4f48", 22)
    c.rect(0, 0, 1100, c.h, c.lin(
        ("#10263a", .55), ("#10263a", 0, .6), ("#10263a", 0, 1), x1=0, y1=1,
        x2=.6, y2=.2), blend="multiply")
    c.vignette("#0c1c30", .35)
    c.grain()


def cloud_band(c, x, y, w):
    """Long thin dusk cloud."""
    for k, (dx, dy, s) in enumerate(((0, 0, 1), (.2, 26, .7), (-.15, 46, .5))):
        tone = "#f2c39a" if k % 2 else "#d99a86"
        c.rect(x + dx * w, y + dy, w * s, 22, tone, r=11, op=.45)


@scene(NIGHT, "01 雪夜里的一盏灯", "9:16")
def snow_lamp(c):
    """Snowy night, a lit porch and a late cyclist."""
    c.backdrop("#0b1a33", "#15315a", "#2a5078", "#47698a")
    stars(c, 70, c.w, 900)
    with c.mood("#14284a", .45):
        facade(c, 330, 330, 1100, 1200, 7, 6, "#8f7d86", lit=.1, ac=.2,
               warm="#ffca7a", glass="#2a4468", roof="#5b6a86")
    c.rect(310, 316, 1060, 26, "#dfeaf5", r=10)
    for x, h, kind in ((70, 1150, "bare"), (230, 820, "bare")):
        tree(c, x, 1660, h, "#000000", "#1a2438", kind)
    for i in range(3):
        c.path("M-40 %dQ180 %d 420 %d" % (1560 + i * 30, 1500 + i * 26,
                                           1590 + i * 20), "none",
               stroke="#c9dcf0", sw=22, op=.35)
    # snow ground
    c.path("M0 1640Q400 1570 760 1640T1350 1620V2400H0Z",
           c.lin("#8fb0d0", "#5f83ab", "#33567f"))
    # gate house
    c.glow(900, 1250, 900, "#ffb85a", .6)
    c.rect(610, 1060, 640, 640, c.lin("#7d4a3a", "#5b3430"))
    for r in range(14):
        for k in range(11):
            if c.rng.random() < .25:
                c.rect(612 + k * 58 + (r % 2) * 26, 1066 + r * 46, 52, 38,
                       c.rng.choice(("#8f5845", "#6b3d34")), r=3)
    window(c, 680, 1180, 290, 270, c.lin("#fff0c2", "#ffc96a"),
           frame="#e9d3b0", cols=2, rows=1)
    with c.group(clip="M680 1180h290v270h-290z"):
        c.rect(680, 1385, 290, 70, "#a8683c")
        desk_lamp(c, 900, 1390, 120, "#2f8f74", -1)
        person(c, 770, 1400, 330, "sitwrite", 1, hair="short", seat=True,
               hair_colour="#8c8780", top="#2f6f5f", bottom="#26364a",
               turn=.5, glasses=True)
        cup(c, 845, 1390, 30, "#f3e7d2")
    c.rect(818, 1180, 14, 270, "#e9d3b0")
    door(c, 1030, 1700, 170, 470, "#2f6f5f", open_to=1, inside="#ffcf78")
    c.poly([(540, 1070), (640, 930), (1230, 930), (1320, 1070)], "#2f3f5f")
    c.path("M530 1074Q540 1000 640 925Q900 890 1230 925Q1330 1000 1326 1074"
           "Q1280 1040 1220 1068Q1150 1040 1080 1070Q980 1036 900 1068"
           "Q820 1040 740 1072Q640 1040 530 1074Z", c.lin("#ffffff",
                                                          "#bcd3ea"))
    # porch lamp
    c.line([(1000, 1090), (1000, 1120)], "#23272f", 10)
    c.path("M960 1130h80l-12 62h-56z", "#ffe9b0")
    c.path("M948 1130h104l-26-30h-52z", "#23272f")
    c.glow(1000, 1160, 620, "#ffcf78", .95)
    c.cone(1000, 1180, 60, 620, 900, "#ffc766", .5)
    c.poly([(680, 1700), (1240, 1700), (1350, 2100), (300, 2100)],
           c.lin(("#ffcf78", .75), ("#ffcf78", 0)), blend="screen",
           filt=c.blur(22))
    # footprints and cyclist pushing home
    for i in range(12):
        c.oval(420 + i * 44 + (i % 2) * 18, 2130 - i * 36, 20 - i * .8,
               9 - i * .3, "#33567f", op=.55)
    for k in (0, 20):
        c.path("M-20 %dQ380 %d 700 %d" % (2290 + k, 2160 + k, 1990 + k),
               "none", stroke="#3f638c", sw=7, op=.6)
    c.shadow(760, 1985, 330, 34, .5, "#0c1c38")
    bike(c, 850, 1985, 460, "#e3a441", 1)
    j = person(c, 620, 2000, 640, "push", 1, hair="short", top="#d9573f",
               bottom="#26364a", coat=True, turn=.65, extra="beanie",
               an=(46, 84), af=(56, 84), skin="#f6d3b8", shoes="#3a2f38")
    hx, hy = j["head"]
    c.path(capsule((hx - 34, hy + 54), (hx + 22, hy + 56), 22, 22), "#f0e4cb")
    c.path(capsule((hx - 34, hy + 60), (hx - 86, hy + 104), 18, 13),
           "#e3d2b0")
    # caretaker waving
    c.shadow(1170, 1790, 120, 18, .4)
    person(c, 1170, 1785, 540, "wave", -1, hair="bob", hair_colour="#5a5560",
           top="#2f8f74", bottom="#39435a", coat=True, turn=.5,
           skin="#eec09c")
    bush(c, 1290, 1760, 260, 110, "#2a5068", 10)
    for x, y, w in ((1290, 1660, 200), (90, 1900, 260)):
        c.oval(x, y, w * .5, w * .16, "#e9f2fb", op=.9)
    c.specks(260, (0, 0, c.w, c.h), (2, 6), "#ffffff", (.35, .95))
    c.specks(34, (0, 0, c.w, c.h), (8, 15), "#ffffff", (.2, .5))
    c.rect(0, 1700, c.w, 700, c.lin(("#0b1a33", 0), ("#0b1a33", .55)),
           blend="multiply")
    c.vignette("#060f22", .5)
    c.grain()


def leaflet(c, x, y, w, tilt=0, tone="#2f8f74"):
    """Poster sheet with a shield and abstract lines, centre at (x, y)."""
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y, tilt)):
        h = w * 1.36
        c.rect(-w / 2 + w * .03, -h / 2 + w * .05, w, h, "#14182b", op=.18,
               r=w * .03)
        c.rect(-w / 2, -h / 2, w, h, "#fbf6e8", r=w * .03)
        c.rect(-w * .43, -h * .44, w * .86, h * .52, light(tone, .7),
               r=w * .03)
        shield(c, 0, -h * .18, w * .24, tone)
        for i, k in enumerate((.8, .66, .74)):
            c.rect(-w * .4, h * (.17 + i * .1), w * k, h * .045,
                   ("#e3a441", "#c9c2b0", "#c9c2b0")[i], r=w * .02)


@scene(FRAUD, "01 敲开每一扇门", "3:2")
def knocking(c):
    """A squad of students visits the rooms one by one."""
    cam = Cam(560, 640, 1500, 1.6)
    corridor(c, cam, half=2.4, high=3.1, near=1.2, far=14, wall="#dfeadb",
             dado="#2f8068", floor="#b9c0a4", ceiling="#eef3e4",
             doors="#a8683c", end="#5f9fae", lit=(3.2, 5.6, 8.4),
             glow="#fff0c0")
    # frontal wall on the right with two doors
    c.rect(1010, 0, 1390, 1350, c.lin("#e6f0df", "#cfe0cd"))
    c.rect(1010, 760, 1390, 590, c.lin("#2f8a6e", "#23705c"))
    c.rect(1010, 748, 1390, 16, "#f6f3e2")
    for i in range(8):
        c.rect(1030 + i * 180, 795, 150, 480, "none", stroke="#1f6452", sw=4,
               r=8)
    c.rect(1010, 1318, 1390, 34, "#1a5547")
    c.poly([(1010, 1350), (2400, 1350), (2400, 1600), (560, 1600)],
           c.lin("#b9c0a4", "#a3ad92"))
    c.rect(1010, 0, 26, 1350, c.lin(("#123a34", .5), ("#123a34", 0), x2=1,
                                    y2=0))
    door(c, 1130, 1350, 350, 900, "#c98a4f", inside="#ffe0a0")
    door(c, 1840, 1350, 400, 940, "#c98a4f", open_to=1, inside="#ffe0a0")
    with c.group(clip="M1842 412h400v938h-400z"):
        window(c, 1880, 520, 190, 230, c.lin("#9fd0d6", "#eaf3d8"),
               curtain="#7fae8a")
        bunk(c, 1800, 1340, 330, 560, "#8aa0a6", "#e3a441", "#d9664a")
        c.glow(1980, 800, 460, "#fff0c0", .5)
    c.poly([(1842, 1352), (2240, 1352), (2330, 1600), (1640, 1600)],
           c.lin(("#ffe9b0", .7), ("#ffe9b0", 0)), blend="screen",
           filt=c.blur(12))
    leaflet(c, 1660, 560, 190, -2)
    leaflet(c, 1625, 250, 120, 3, "#e3a441")
    pendant(c, 1300, 0, 190, 84, "#2f6f5f", cone=1100, op=.26)
    pendant(c, 2050, 0, 190, 84, "#2f6f5f", cone=1100, op=.2)
    # resident opening the door
    person(c, 2110, 1400, 760, "cross", -1, hair="bob", top="#f3c766",
           bottom="#4a5a78", turn=.55, skin="#f6d3b8", sleeve="short",
           af=(22, 60), an=(36, 100))
    # squad
    looks = ((1690, 1430, 800, 1, dict(
        pose="knock", hair="short", top="#2f8f74", bottom="#2b3d52",
        skin="#eec09c", bag="#e3a441", an=(72, 96), af=(20, 74))),
             (1400, 1480, 790, 1, dict(
                 pose="carry", hair="ponytail", top="#f0ead8",
                 bottom="#35607a", skin="#f6d3b8", vest="#2f8f74",
                 stripe="#fff3c4")),
             (1120, 1500, 830, 1, dict(
                 pose="walk", hair="curly", top="#e3a441", bottom="#3a4058",
                 skin="#cf9468", hood=True, an=(12, 62), af=(20, 70))))
    for x, y, h, face, look in looks[::-1]:
        c.shadow(x, y, h * .22, h * .03, .4)
        j = person(c, x, y, h, face=face, turn=.6, **look)
        if look["pose"] == "knock":
            leaflet(c, j["an"][0] + 40, j["an"][1] - 50, 140, 6)
        elif look["pose"] == "carry":
            for k in range(3):
                leaflet(c, j["an"][0] - 10 + k * 12, j["an"][1] - 60 - k * 4,
                        150, -6 + k * 5, ("#e3a441", "#d9664a", "#2f8f74")[k])
        else:
            phone(c, j["an"][0] + 10, j["an"][1] - 40, 66, "#d8f3e6",
                  tilt=14)
            shield(c, j["an"][0] + 10, j["an"][1] - 40, 22)
    for x, z, f, pose in ((-1.1, 7.2, -1, "knock"), (.2, 9.2, 1, "walk"),
                          (-.5, 9.6, -1, "walk")):
        with c.mood("#3f7d6e", .25):
            stander(c, cam, x, z, pose, f, hair=c.rng.choice(
                ("short", "long")), top=c.rng.choice(COATS), vest="#2f8f74",
                bottom="#2b3d52")
    plant(c, 2330, 1500, 420, "snake", "#f0e4cb")
    c.rect(0, 0, c.w, c.h, c.lin(("#0f3a34", .6), ("#0f3a34", 0, .5),
                                 ("#0f3a34", 0, 1), x1=0, y1=1, x2=.6, y2=.3),
           blend="multiply")
    c.vignette("#0d2f2c", .4)
    c.grain()


def top_figure(c, x, y, r, angle, top=None, hair=None):
    """Person seen from straight above with a long evening shadow."""
    top = top or crowd_colour(c, COATS)
    hair = hair or c.rng.choice(HAIR)
    with c.group(transform="translate(%.1f %.1f)" % (x, y)):
        c.path(capsule((0, 0), (r * 3.4, r * 1.7), r * .8, r * .5), "#0d2a30",
               op=.32)
    with c.group(transform="translate(%.1f %.1f) rotate(%.1f)" % (x, y,
                                                                  angle)):
        c.oval(0, -r * .55, r * .3, r * .45, dark(top, .35))
        c.oval(0, 0, r * 1.15, r * .62, top)
        c.oval(-r * .3, 0, r * .8, r * .58, dark(top, .12), op=.6)
        c.circle(0, -r * .04, r * .52, hair)
        c.oval(-r * .12, -r * .2, r * .24, r * .12, light(hair, .2), op=.7)
        c.oval(0, -r * .52, r * .16, r * .1, "#eec09c")


@scene(DRILL, "02 操场上的集合方阵", "3:2")
def assembly(c):
    """Classes assembled on the field, seen from above."""
    c.backdrop("#3f8f68", "#2f7a5e")
    for i in range(13):
        c.rect(i * 190 - 30, 0, 95, c.h, "#4a9c72" if i % 2 else "#3a8562",
               op=.6)
    # running track sweeping through the lower left
    for k in range(7):
        r = 1750 + k * 92
        c.circle(1900, -260, r, "none", stroke="#c4604a" if k < 6
                 else "#a84f40", sw=96)
    for k in range(8):
        c.circle(1900, -260, 1704 + k * 92, "none", stroke="#f6e6d2", sw=5,
                 op=.8)
    c.circle(1640, 520, 300, "none", stroke="#dff0df", sw=8, op=.5)
    c.line([(1640, -20), (1640, 1250)], "#dff0df", 8, op=.5)
    groups = ((620, 190, "#e3a441"), (1010, 190, "#d9664a"),
              (1400, 190, "#3f6f9a"), (1790, 190, "#f0e4cb"),
              (2180, 190, "#6a5a8a"), (820, 640, "#7fae6a"),
              (1210, 640, "#2f8f74"), (1600, 640, "#e3a441"),
              (1990, 640, "#d9664a"), (1690, 1085, "#f0e4cb"),
              (2080, 1085, "#3f6f9a"))
    for gx, gy, tone in groups:
        c.rect(gx - 140, gy - 128, 290, 400, light(tone, .2), r=18, op=.13)
        c.rect(gx - 140, gy - 128, 290, 400, "none", stroke="#f6f3e2", sw=4,
               r=18, op=.55, stroke_dasharray="22 16")
        for row in range(6):
            for k in range(5):
                if row == 5 and k > 2 and c.rng.random() < .5:
                    continue
                top_figure(c, gx - 96 + k * 50 + c.rng.uniform(-5, 5),
                           gy - 60 + row * 58 + c.rng.uniform(-5, 5), 22,
                           c.rng.uniform(-9, 9),
                           mix(tone, c.rng.choice(COATS),
                               c.rng.choice((0, .15, .7))))
        top_figure(c, gx + 4, gy - 160, 25, 180, "#f2b632", "#2a2430")
        c.rect(gx + 32, gy - 176, 26, 34, "#ffffff", r=3)
    # late arrivals jogging in along the track
    for i in range(15):
        a = math.radians(118 + i * 2.5)
        r = 1800 + (i % 3) * 92
        top_figure(c, 1900 + math.cos(a) * r, -260 + math.sin(a) * r, 23,
                   70 + i * 2)
    for x, y, a in ((300, 480, 110), (420, 620, 120), (2260, 1160, -60),
                    (380, 330, 100)):
        top_figure(c, x, y, 25, a, "#f2b632")
    # tree crowns in the corner
    for x, y, r in ((60, 120, 190), (250, 60, 150), (40, 400, 150),
                    (2370, 1560, 230), (2110, 1640, 190), (2400, 1270, 130)):
        c.circle(x + 70, y + 44, r, "#0d2a30", op=.3, filt=c.blur(14))
        for k in range(26):
            a, q = c.rng.uniform(0, 6.28), c.rng.random() ** .5 * r * .75
            c.circle(x + math.cos(a) * q, y + math.sin(a) * q, r * .34,
                     mix("#1f5f4a", "#6fae68", .5 - math.cos(a + .8) * q
                         / r * .55))
    c.beam([(-200, -100), (900, -100), (2600, 1700), (700, 1700)], "#ffd9a0",
           .4, 90)
    c.wash("#ffb45e", .2)
    c.rect(0, 0, c.w, c.h, c.lin(("#123a4a", .45), ("#123a4a", 0, .6),
                                 ("#123a4a", 0, 1), x1=0, y1=1, x2=.8, y2=.1),
           blend="multiply")
    c.vignette("#0d2a30", .4)
    c.grain()


@scene(DRILL, "03 第一次拿起灭火器", "4:3")
def extinguisher_lesson(c):
    """Outdoor lesson with a training fire."""
    c.backdrop("#5f9fae", "#a9d0c4", "#f0e6c4")
    cloud(c, 1170, 190, 420, "#ffffff", .85)
    cloud(c, 1850, 290, 340, "#ffffff", .8)
    hills(c, 900, 220, "#5f9a84", 3)
    facade(c, -60, 190, 900, 720, 5, 7, "#e0c4a4", lit=.05, ac=.25,
           glass="#7fa8b4", roof="#5f7a80", balcony="#f3ead6")
    for x, h in ((900, 520), (1130, 420), (2090, 560), (1840, 440)):
        tree(c, x, 950, h, "#4f9a6f", "#5b4a40")
    bush(c, 640, 960, 700, 110, "#3f8a64", 26)
    c.rect(0, 930, c.w, 750, c.lin("#d9c8a8", "#b9a684"))
    c.path("M0 1000Q1100 940 2240 1010V1060Q1100 990 0 1050Z", "#c9664c",
           op=.8)
    for i in range(5):
        c.rect(0, 1090 + i * i * 26, c.w, 4, "#a08d6c", op=.4)
    # ring of watchers behind
    looks = ((770, "short", "#6a5a8a"), (910, "bob", "#f0e4cb"),
             (1045, "ponytail", "#d9664a"), (1400, "crew", "#3f6f9a"),
             (1535, "long", "#e3a441"))
    for i, (x, hair, top) in enumerate(looks):
        y = 1150 - (i % 2) * 26
        c.shadow(x, y, 90, 14, .35)
        person(c, x, y, 500, ("cross", "stand", "phone", "front", "stand")[i],
               1 if x < 1200 else -1, hair=hair, top=top, bottom="#33445a",
               turn=(.6, .5, .55, .2, .55)[i], hood=i == 3)
    # fire tray
    c.shadow(1830, 1330, 300, 40, .5)
    c.glow(1830, 1130, 520, "#ff9f45", .7)
    for k, (s, tone) in enumerate(((1, "#e8572f"), (.74, "#f58f36"),
                                   (.5, "#ffc24f"), (.26, "#fff0b8"))):
        b = 1300
        w, h = 210 * s, 420 * s
        c.path("M%.0f %dC%.0f %.0f %.0f %.0f %.0f %.0fC%.0f %.0f %.0f %.0f "
               "%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %dZ" % (
                   1830 - w, b, 1830 - w * 1.2, b - h * .4, 1830 - w * .4,
                   b - h * .5, 1830 - w * .35, b - h, 1830 + w * .1,
                   b - h * .8, 1830, b - h * .6, 1830 + w * .3, b - h * .72,
                   1830 + w * .9, b - h * .5, 1830 + w * 1.1, b - h * .3,
                   1830 + w, b), tone, op=.95)
    c.poly([(1570, 1270), (2090, 1270), (2040, 1350), (1620, 1350)],
           c.lin("#5a636a", "#333a42"))
    c.oval(1830, 1272, 260, 30, "none", stroke="#7a848c", sw=8)
    for k in range(5):
        c.circle(1800 + k * 34, 820 - k * 96, 60 + k * 24, "#6a7078",
                 op=.16 - k * .02, filt=c.blur(18))
    # instructor and student
    c.shadow(560, 1480, 190, 26, .45)
    person(c, 560, 1480, 900, "point", 1, hair="short", top="#2b4a6a",
           vest="#f2b632", stripe="#fff6d8", bottom="#26364a", turn=.55,
           extra="helmet", skin="#e0a97f", an=(84, 92), af=(-20, 14))
    c.shadow(1180, 1520, 210, 28, .45)
    j = person(c, 1180, 1520, 880, "push", 1, hair="ponytail", top="#2f8f74",
               bottom="#35445c", turn=.65, skin="#f6d3b8", an=(40, 78),
               af=(30, 30), ln=(26, 8), lf=(-20, -30), lean=8)
    extinguisher(c, j["af"][0] + 10, j["af"][1] + 330, 350)
    nx, ny = j["an"]
    c.line([(j["af"][0] + 60, j["af"][1] + 40), (nx - 90, ny + 90),
            (nx + 20, ny + 4)], "#23272f", 16, curve=True)
    c.poly([(nx + 6, ny - 14), (nx + 96, ny - 24), (nx + 96, ny + 34),
            (nx + 6, ny + 18)], "#23272f")
    c.poly([(nx + 96, ny - 14), (1720, 1120), (1900, 1270), (1660, 1300),
            (nx + 96, ny + 24)], c.lin(("#ffffff", .95), ("#ffffff", .25),
                                       x2=1, y2=.2), filt=c.blur(10))
    for _ in range(40):
        t = c.rng.random() * .8
        c.circle(nx + 110 + t * (1720 - nx), ny + t * (1220 - ny)
                 + c.rng.uniform(-1, 1) * 90 * t, 10 + 34 * t, "#ffffff",
                 op=.3)
    for x in (220, 330):
        extinguisher(c, x, 1500 + (x - 220) * .3, 330)
    # traffic cones
    for x, y, s in ((1480, 1600, 120), (2100, 1600, 130), (90, 1620, 110)):
        c.shadow(x, y, s * .6, s * .14, .4)
        c.rect(x - s * .45, y - s * .1, s * .9, s * .12, "#c9502f", r=5)
        c.poly([(x - s * .09, y - s), (x + s * .09, y - s),
                (x + s * .32, y - s * .08), (x - s * .32, y - s * .08)],
               "#f2703f")
        c.poly([(x - s * .17, y - s * .62), (x + s * .17, y - s * .62),
                (x + s * .235, y - s * .38), (x - s * .235, y - s * .38)],
               "#fff6ea")
    c.vignette("#1f3f3a", .34)
    c.grain()


@scene(NIGHT, "02 值班台前的热水壶", "3:2")
def duty_desk(c):
    """Night duty desk in the lobby; snow outside the glass doors."""
    c.rect(0, 0, c.w, 1120, c.lin("#1f4a4c", "#2a5f58", "#3f7a68"))
    # glass doors with the night outside
    c.rect(90, 120, 900, 1000, "#d9c39a", r=8)
    box = "M120 150h840v970h-840z"
    c.path(box, c.lin("#0d1f42", "#21406a", "#5f83ab"))
    with c.group(clip=box):
        with c.mood("#16305a", .45):
            facade(c, 170, 330, 560, 620, 5, 5, "#7a7080", lit=.15, ac=0,
                   roof="#dfeaf5")
        tree(c, 880, 1010, 620, "#000000", "#16243f", "bare")
        c.rect(690, 560, 12, 420, "#1a2440")
        c.glow(696, 560, 260, "#ffcf78", .9)
        c.rect(120, 960, 840, 170, c.lin("#c9dcf0", "#86a6c9"))
        c.shadow(430, 1010, 110, 14, .4)
        person(c, 420, 1012, 380, "walk", 1, hair="short", top="#d9573f",
               coat=True, bottom="#26364a", extra="beanie", turn=.65,
               bag="#e3a441")
        c.specks(150, (120, 150, 840, 970), (2, 6), "#ffffff", (.4, .95))
    for x in (120, 530, 948):
        c.rect(x - 12, 150, 26, 970, "#d9c39a")
    c.rect(120, 560, 840, 16, "#d9c39a")
    for x in (490, 574):
        c.rect(x, 620, 16, 190, "#8f7a52", r=8)
    # key board and clock on the wall
    c.rect(1150, 170, 520, 380, "#14182b", op=.25, r=10, filt=c.blur(12))
    c.rect(1140, 150, 520, 380, "#8f5a38", r=10)
    c.rect(1162, 172, 476, 336, "#b9804f")
    for i in range(8):
        for k in range(3):
            x, y = 1200 + i * 56, 205 + k * 102
            c.circle(x, y, 7, "#5b3626")
            if c.rng.random() < .8:
                c.circle(x, y + 20, 12, "none", stroke="#f0d9a0", sw=5)
                c.rect(x - 4, y + 30, 8, 32, "#f0d9a0")
                c.rect(x - 14, y + 58, 28, 24, c.rng.choice(
                    ("#d9664a", "#e3a441", "#2f8f74", "#f0e4cb")), r=5)
    c.circle(1890, 310, 120, "#14182b", op=.25, filt=c.blur(10))
    c.circle(1880, 300, 120, "#f6efdc")
    c.circle(1880, 300, 120, "none", stroke="#2a3f44", sw=14)
    for i in range(12):
        a = i * math.pi / 6
        c.circle(1880 + math.cos(a) * 92, 300 + math.sin(a) * 92, 6,
                 "#2a3f44")
    c.line([(1880, 300), (1916, 240)], "#2a3f44", 13)
    c.line([(1880, 300), (1880, 222)], "#2a3f44", 8)
    c.circle(1880, 300, 11, "#d9573f")
    plant(c, 2260, 1130, 640, "palm", "#d9a466", "#3f8f6a")
    pendant(c, 1560, 0, 90, 90, "#e9d3a0", cone=1100, op=.36)
    pendant(c, 2080, 0, 90, 90, "#e9d3a0", cone=1100, op=.22)
    planks(c, 0, 1120, c.w, 480, "#8f6844", 5)
    c.poly([(120, 1122), (960, 1122), (1120, 1600), (-60, 1600)],
           c.lin(("#7fa8d9", .35), ("#7fa8d9", 0)), blend="screen")
    # caretaker behind the desk
    j = person(c, 1700, 1090, 900, "pour", -1, hair="short",
               hair_colour="#a8a29a", top="#c9603f", bottom="#26364a",
               seat=True, turn=.5, glasses=True, skin="#eec09c", lean=7,
               an=(40, 84), af=(22, 60), detail="collar", nod=8)
    # desk
    c.poly([(1120, 1010), (2120, 1010), (2220, 1070), (1040, 1070)],
           c.lin("#d9a466", "#c08648"))
    c.rect(1040, 1070, 1180, 34, "#e9bd84")
    c.rect(1070, 1104, 1120, 400, c.lin("#a86d40", "#7d4d30"))
    for i in range(4):
        c.rect(1100 + i * 272, 1140, 246, 320, "none", stroke="#6b4028", sw=6,
               r=10)
    c.shadow(1630, 1510, 620, 34, .5)
    desk_lamp(c, 2020, 1050, 290, "#2f8f74", -1)
    c.oval(1860, 1046, 260, 30, c.rad(("#fff0c0", .8), ("#fff0c0", 0)),
           blend="screen")
    closed_book(c, 1640, 1036, 230, 26, "#d9664a")
    open_register(c, 1800, 1050)
    kettle(c, j["an"][0] - 60, j["an"][1] + 138, 170)
    for x in (1130, 1230):
        cup(c, x, 1050, 74, ("#f6efdc", "#e3a441")[x > 1200])
    c.rect(1420, 1010, 8, 40, "#5b3626")
    # student coming for water
    c.shadow(900, 1500, 190, 26, .5)
    j = person(c, 890, 1500, 860, "carry", 1, hair="long", top="#e9c9a0",
               coat=True, bottom="#35445c", turn=.65, skin="#f6d3b8",
               bag="#d9664a", an=(28, 88), af=(36, 92))
    cup(c, j["an"][0] + 20, j["an"][1] + 26, 70, "#f6efdc")
    c.glow(1600, 780, 900, "#ffcf86", .4)
    c.rect(0, 0, c.w, c.h, c.lin(("#0b1f2a", .5), ("#0b1f2a", 0, .5),
                                 ("#0b1f2a", 0, 1), x1=0, y1=1, x2=.55,
                                 y2=.3), blend="multiply")
    c.vignette("#06141c", .55)
    c.grain()


def open_register(c, x, y):
    """Register lying open on the desk."""
    c.poly([(x - 110, y), (x - 80, y - 40), (x + 90, y - 40), (x + 120, y)],
           "#fbf6e8")
    for k in range(3):
        c.line([(x - 70 + k * 4, y - 30 + k * 10), (x - 5, y - 30 + k * 10)],
               "#b9ad94", 4)
        c.line([(x + 20, y - 30 + k * 10), (x + 84, y - 30 + k * 10)],
               "#b9ad94", 4)
    c.line([(x + 5, y - 40), (x + 5, y)], "#b9ad94", 3)


def kettle(c, x, y, size):
    """Steel kettle pouring to the left, base centre (x, y)."""
    u = size
    c.path("M%.0f %.0fQ%.0f %.0f %.0f %.0f" % (
        x - u * .3, y - u * .7, x, y - u * 1.3, x + u * .34, y - u * .7),
        "none", stroke="#2a2f3a", sw=u * .09, stroke_linecap="round")
    c.path("M%.0f %.0fL%.0f %.0fL%.0f %.0fL%.0f %.0fZ" % (
        x - u * .4, y - u * .3, x - u * .82, y - u * .66, x - u * .74,
        y - u * .72, x - u * .3, y - u * .52), "#9fb4b8")
    c.blob([(x - u * .46, y), (x - u * .48, y - u * .4), (x - u * .26,
                                                          y - u * .72),
            (x + u * .26, y - u * .72), (x + u * .48, y - u * .4),
            (x + u * .46, y)], c.lin("#eef3f2", "#b4c6c8", "#7f979c", x2=1,
                                     y2=0), k=.8)
    c.rect(x - u * .1, y - u * .84, u * .2, u * .1, "#2a2f3a", r=8)
    steam_plume(c, x - u * .8, y - u * .75, u * 1.4, 3)


@scene(NIGHT, "03 雨里最后一辆自行车", "16:9")
def rain_ride(c):
    """A cyclist rides home through the rain at night."""
    c.backdrop("#0d2030", "#17384a", "#24545a", "#1a3f48")
    skyline(c, 900, 420, "#1c4250", 12)
    with c.mood("#123040", .4):
        facade(c, -120, 150, 820, 760, 6, 7, "#7a6a6a", lit=.12,
               warm="#ffca7a", ac=.3, glass="#2f5060")
        for x, h in ((820, 620), (1130, 480), (2330, 760)):
            tree(c, x, 950, h, "#3f7a68", "#1c2a30", density=54)
    # guard hut with warm light on the right
    c.glow(1830, 640, 820, "#ffb85a", .6)
    c.rect(1560, 420, 560, 520, c.lin("#2f6f62", "#1f5048"))
    c.poly([(1480, 430), (1560, 320), (2120, 320), (2200, 430)], "#24343c")
    c.rect(1480, 424, 720, 20, "#e9d3a0")
    window(c, 1620, 500, 300, 260, c.lin("#fff0c2", "#ffc766"),
           frame="#e9d3a0", cols=2, rows=1)
    with c.group(clip="M1620 500h300v260h-300z"):
        person(c, 1760, 770, 330, "wave", -1, hair="short", seat=True,
               hair_colour="#8c8780", top="#d98a4f", bottom="#26364a",
               turn=.4)
        plant(c, 1875, 762, 130, "fern", "#d98a5c")
    c.rect(1764, 500, 12, 260, "#e9d3a0")
    door(c, 1970, 940, 120, 370, "#d98a4f", inside="#ffcf78")
    c.path("M1480 520h-60", "none", stroke="#24343c", sw=12)
    c.path("M1400 520h44l-8 46h-28z", "#fff0c8")
    c.glow(1422, 560, 420, "#ffd88a", .95)
    c.cone(1422, 566, 30, 330, 480, "#ffd88a", .5)
    # barrier arm raised
    c.rect(1440, 770, 50, 170, "#d9664a", r=8)
    c.line([(1465, 800), (1150, 520)], "#f6efdc", 22)
    for k in range(4):
        t = .12 + k * .24
        c.line([(1465 - 315 * t, 800 - 280 * t),
                (1465 - 315 * (t + .11), 800 - 280 * (t + .11))], "#d9664a",
               22)
    # wet road
    c.rect(0, 930, c.w, 420, c.lin("#2f555c", "#1a3540", "#10242e"))
    c.rect(0, 925, c.w, 20, "#4a7078")
    for x, w, tone, op in ((1770, 380, "#ffc766", .5), (1422, 240, "#ffd88a",
                                                        .5),
                           (640, 150, "#ffe2a0", .25), (300, 110, "#ffca7a",
                                                        .2)):
        c.poly([(x - w / 2, 945), (x + w / 2, 945), (x + w * .7, 1350),
                (x - w * .7, 1350)], c.lin((tone, op), (tone, 0)),
               blend="screen", filt=c.blur(20))
    for _ in range(50):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(960, 1340)
        k = (y - 930) / 260
        c.oval(x, y, 34 * k + 10, 8 * k + 2, "none", stroke="#bfe0e0", sw=2.5,
               op=.45)
    c.oval(900, 1225, 520, 44, c.lin(("#7fb0b8", .35), ("#7fb0b8", .05)))
    # cyclist
    x, y = 960, 1200
    c.shadow(x, y + 4, 330, 26, .55)
    c.poly([(1190, 985), (1700, 900), (1760, 1230), (1190, 1020)],
           c.lin(("#fff0c0", .55), ("#fff0c0", 0), x2=1, y2=0),
           blend="screen", filt=c.blur(12))
    rider_back = (x - 92, y - 372)
    bike(c, x, y, 460, "#e3a441", 1)
    person(c, rider_back[0], rider_back[1] + 40, 640, "ride", 1, seat=True,
           hair="short", top="#d9573f", bottom="#26364a", turn=.7, hood=True,
           extra=None, skin="#f6d3b8", an=(50, 66), af=(54, 68),
           ln=(62, -2), lf=(34, -18), lean=20, bag="#2f6f62")
    c.glow(1178, 985, 150, "#fff0c0", .9)
    for i in range(14):
        c.line([(720 - i * 12, 1195 - c.rng.random() * 60),
                (690 - i * 16, 1205)], "#d6eef0", 3, op=.5)
    with c.group(op=.2, transform="translate(0 2410) scale(1 -1)",
                 filt=c.blur(7)):
        bike(c, x, y, 460, "#e3a441", 1)
    c.specks(420, (-100, -80, c.w + 200, c.h + 60), (34, 110), "#dff0f2",
             (.1, .42), slant=-.24)
    c.vignette("#050f18", .55)
    c.grain()


@scene(FRAUD, "02 手机里的盾牌", "3:4")
def phone_shield(c):
    """A giant phone protected by a shield among floating warnings."""
    c.backdrop("#0f3a44", "#1a5a58", "#2f8a72")
    for r, op in ((1000, .1), (790, .12), (580, .15)):
        c.circle(780, 860, r, "#7fe0b8", op=op)
    for i in range(18):
        a = i * math.pi / 9 + .1
        c.line([(780 + math.cos(a) * 620, 860 + math.sin(a) * 620),
                (780 + math.cos(a) * 1500, 860 + math.sin(a) * 1500)],
               "#9fe8c8", 5, op=.12)
    # phishing hooks and message bubbles
    for x, top, ln, tone in ((210, 0, 420, "#e3a441"), (1290, 0, 330,
                                                       "#d9664a"),
                             (420, 0, 190, "#d9664a")):
        c.line([(x, top), (x, ln)], "#d6efe4", 5, op=.8)
        c.path("M%d %dv90q0 60 56 60t56-60v-26" % (x, ln), "none",
               stroke="#e9f6ee", sw=14, stroke_linecap="round")
        c.poly([(x + 96, ln + 78), (x + 130, ln + 70), (x + 112, ln + 40)],
               "#e9f6ee")
        c.rect(x - 90, ln + 120, 180, 120, tone, r=14)
        c.circle(x, ln + 180, 34, light(tone, .5))
        c.rect(x - 8, ln + 160, 16, 40, dark(tone, .3), r=6)
    for x, y, w, tone in ((1290, 800, 250, "#f3ead2"), (190, 980, 230,
                                                       "#f3ead2"),
                          (1340, 1040, 220, "#f0c878")):
        c.rect(x - w / 2 + 10, y - 60, w, 130, "#0b2a30", op=.3, r=40,
               filt=c.blur(10))
        c.rect(x - w / 2, y - 74, w, 130, tone, r=40)
        s = 1 if x < 700 else -1
        c.poly([(x + s * w * .2, y + 40), (x + s * w * .5, y + 96),
                (x + s * w * .36, y + 30)], tone)
        for k in range(3):
            c.rect(x - w * .34, y - 42 + k * 28, w * (.66 - .14 * k), 14,
                   dark(tone, .25), r=7, op=.6)
    # phone
    c.rect(460, 330, 700, 1240, "#061c22", op=.45, r=90, filt=c.blur(34))
    with c.group(transform="rotate(-5 780 900)"):
        phone(c, 780, 900, 630, "#e3f6ea", "#12303c")
        c.rect(520, 350, 520, 60, "#ffffff", r=30, op=.8)
        c.circle(556, 380, 18, "#2f8f74")
        c.rect(590, 370, 200, 20, "#b4d9c8", r=10)
        for k in range(3):
            y = 1150 + k * 96
            c.rect(530, y, 500, 76, "#ffffff", r=22)
            c.circle(578, y + 38, 24, ("#2f9e78", "#e3a441", "#d9664a")[k])
            c.rect(624, y + 20, 250 - k * 40, 14, "#9fc4b4", r=7)
            c.rect(624, y + 44, 170 + k * 30, 12, "#cfe4da", r=6)
            c.rect(936, y + 26, 64, 28, ("#2f9e78", "#2f9e78", "#c9d6d0")[k],
                   r=14)
            c.circle(936 + (50 if k < 2 else 14), y + 40, 12, "#ffffff")
        c.glow(780, 780, 420, "#b8ffd8", .8)
        shield(c, 780, 780, 260, "#2f9e78")
    # students beside the phone
    c.oval(750, 1990, 1150, 330, "#0f3f40")
    c.oval(750, 2010, 1150, 330, c.lin("#238a70", "#17554f"))
    c.shadow(300, 1850, 190, 28, .5)
    person(c, 300, 1850, 800, "point", 1, hair="ponytail", top="#f0c060",
           bottom="#24405a", turn=.6, skin="#f6d3b8", an=(112, 134),
           bag="#d9664a")
    c.shadow(1280, 1870, 190, 28, .5)
    j = person(c, 1280, 1870, 830, "phone", -1, hair="short", top="#f3ead2",
               bottom="#2b3d52", vest="#2f8f74", stripe="#fff3c4", turn=.55,
               skin="#e0a97f", glasses=True)
    phone(c, j["an"][0] - 6, j["an"][1] - 44, 74, "#d8f6e6", tilt=-12)
    plant(c, 1440, 1940, 330, "monstera", "#f0c060")
    plant(c, 70, 1930, 320, "snake", "#d9664a")
    c.specks(50, (60, 60, 1400, 1600), (2, 7), "#d8ffe9", (.2, .7))
    c.vignette("#06202a", .5)
    c.grain()


@scene(FRAUD, "03 桌游里学反诈", "4:3")
def board_game(c):
    """Four students around a board game."""
    c.rect(0, 0, c.w, 1000, c.lin("#23615a", "#2f7a68"))
    c.rect(0, 690, c.w, 12, "#e9d9b0")
    c.rect(0, 700, c.w, 320, c.lin("#1d4f4a", "#163f3e"))
    window(c, 170, 110, 520, 480, c.lin("#f2a070", "#f7d08f", "#e98f6a"),
           frame="#f3ead2", cols=3, rows=2, curtain="#e3a441")
    bookshelf(c, 1560, 690, 560, 560, 4, "#b9804f", "#5b4034", gap=.2)
    for k, (x, y, tone, t) in enumerate(((880, 270, "#2f8f74", -3),
                                         (1110, 250, "#e3a441", 2),
                                         (1340, 280, "#d9664a", -1))):
        leaflet(c, x, y, 180, t, tone)
    pendant(c, 1120, 0, 560, 150, "#e3a441", cone=760, op=.4)
    planks(c, 0, 1000, c.w, 680, "#8a6a4a", 5)
    c.oval(1120, 1560, 1080, 170, "#14182b", op=.25)
    for x, f, hair, top, pose, kw in (
            (620, 1, "bob", "#f0e4cb", "sittalk", dict(skin="#f6d3b8")),
            (1000, 1, "short", "#d9664a", "sit", dict(skin="#e0a97f",
                                                      glasses=True)),
            (1620, -1, "ponytail", "#e3a441", "sittalk",
             dict(skin="#f6d3b8", an=(70, 122)))):
        person(c, x, 1180, 900, pose, f, hair=hair, top=top, seat=True,
               bottom="#2b3d52", turn=.5, **kw)
    # table with the board in perspective
    c.poly([(430, 1090), (1810, 1090), (2110, 1400), (130, 1400)],
           c.lin("#d9a062", "#c0834a"))
    c.rect(130, 1400, 1980, 46, "#9a6638")
    c.poly([(190, 1446), (2050, 1446), (2000, 1680), (240, 1680)],
           c.lin("#6f4a30", "#4f3424"))

    def at(u, v):
        """Board coordinates to the picture."""
        y = 1122 + v * 246
        half = 420 + v * 150
        return (1120 + (u - .5) * 2 * half, y)
    c.poly([(at(-.02, -.05)[0], at(0, -.05)[1]), (at(1.02, 0)[0],
                                                 at(0, -.05)[1]),
            at(1.03, 1.06), at(-.03, 1.06)], "#14182b", op=.3,
           filt=c.blur(8))
    c.poly([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], "#f6efdc")
    tones = ("#2f8f74", "#e3a441", "#d9664a", "#7fb8c4", "#f0d9b0")
    cells = ([(i / 8, 0) for i in range(8)]
             + [(7 / 8, k / 5) for k in range(1, 5)]
             + [(i / 8, 4 / 5) for i in range(6, -1, -1)]
             + [(0, k / 5) for k in range(3, 0, -1)])
    for i, (u, v) in enumerate(cells):
        c.poly([at(u + .006, v + .01), at(u + .119, v + .01),
                at(u + .119, v + .19), at(u + .006, v + .19)], tones[i % 5])
        if i % 3 == 0:
            px, py = at(u + .062, v + .1)
            c.oval(px, py, 20, 10, "#fbf6e8")
    px, py = at(.5, .56)
    c.oval(px, py + 6, 190, 66, "#dfe9d2")
    shield(c, px, py - 50, 76, "#2f9e78")
    for u, v, tone in ((.18, .12, "#d9664a"), (.68, .1, "#2f6f9a"),
                       (.93, .52, "#e3a441"), (.3, .9, "#2f8f74")):
        px, py = at(u, v)
        c.oval(px, py + 4, 28, 9, "#14182b", op=.4)
        c.path("M%.0f %.0fq8-44 22-58h8q14 14 22 58z" % (px - 26, py), tone)
        c.circle(px, py - 66, 21, light(tone, .15))
    for x, y, a in ((380, 1320, -12), (470, 1300, 6), (1790, 1330, 10)):
        with c.group(transform="translate(%d %d) rotate(%d) scale(1 .62)"
                     % (x, y, a)):
            c.rect(-52, -72, 112, 152, "#14182b", op=.25, r=12)
            c.rect(-58, -80, 112, 152, "#2f8f74", r=12)
            c.rect(-44, -66, 84, 124, "none", stroke="#dff0df", sw=5, r=8)
            c.circle(-2, -4, 26, "#f0d9a0")
    for x, y, s in ((1560, 1290, 56), (1640, 1330, 60)):
        c.rect(x, y - s, s, s, "#fdf8ec", r=10)
        c.rect(x + s * .8, y - s, s * .2, s, "#d9cdb4", r=6)
        for dx, dy in ((.25, .25), (.55, .55), (.25, .75)):
            c.circle(x + s * dx, y - s + s * dy, 6, "#d9664a")
    cup(c, 330, 1200, 80, "#f0e4cb")
    cup(c, 1860, 1210, 80, "#e3a441")
    # student from behind in front
    c.shadow(1290, 1690, 300, 40, .5)
    person(c, 1290, 1720, 1080, "sitfront", -1, hair="curly", top="#3f6f9a",
           turn=0, view="back", seat=True, bottom="#2b3547", thigh=.05,
           shin=.05, shoes="#2b3547", hood=True, an=(44, 130), af=(-20, 8))
    c.glow(1120, 1000, 860, "#ffdf9a", .4)
    c.vignette("#0a2228", .55)
    c.grain()
