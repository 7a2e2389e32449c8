"""智慧服务: blue, cyan and white with coral accents."""

from kit import capsule, dark, light, mix
from people import person
from props import (basket, bench, bike, bush, closed_book, cloud, code_block,
                   desk_lamp, facade, flower, garment, grass, hanging_plant,
                   heater, leaf, moon, phone, pin, plant, stars, steam_plume,
                   stool, toolbox, tree, washer, window)
from stage import hills, hold_book, scene, skyline

REPAIR = "智慧服务/报修不过夜：一个二维码背后的四十分钟（南屿理工大学）"
LAUNDRY = "智慧服务/共享晾衣房的智慧改造（澄江医科大学）"
RENEW = "智慧服务/老楼换新颜：从深夜热水到直饮水（松湖师范学院）"


def app_map(c, x, y, w, h):
    """Map screen with streets and a route, top-left at (x, y)."""
    box = "M%.1f %.1fh%.1fv%.1fh%.1fz" % (x, y, w, h, -w)
    with c.group(clip=box):
        c.rect(x, y, w, h, "#e6f2f7")
        for i in range(5):
            for k in range(7):
                c.rect(x + w * (i * .22 - .03), y + h * (k * .155 - .02),
                       w * .18, h * .12, c.rng.choice(
                           ("#cfe4ee", "#bfe0d2", "#dcebf3", "#f3e6d2")),
                       r=w * .02)
        c.line([(x + w * .2, y + h * .86), (x + w * .2, y + h * .6),
                (x + w * .63, y + h * .6), (x + w * .63, y + h * .32)],
               "#2f8fd0", w * .045)
    c.circle(x + w * .2, y + h * .86, w * .06, "#ffffff")
    c.circle(x + w * .2, y + h * .86, w * .04, "#2f8fd0")
    pin(c, x + w * .63, y + h * .32, w * .085)


@scene(REPAIR, "01 四十分钟后，师傅到门口", "3:2")
def repairman(c):
    """Repair worker walks to the dorm along a route from a phone map."""
    c.backdrop("#5fb4dc", "#a9dcea", "#e6f4ee")
    c.glow(2050, 180, 700, "#fff6d8", .7)
    for x, y, w in ((420, 220, 420), (1180, 150, 300), (1980, 330, 380)):
        cloud(c, x, y, w, "#ffffff", .85)
    skyline(c, 930, 260, "#9fcfe0", 18)
    # building on the right
    boxes = facade(c, 1560, 150, 980, 880, 6, 7, "#eaf1f4", lit=.1,
                   glass="#5f9fc4", balcony="#cfe4ee", roof="#3f7fae",
                   trim="#ffffff")
    c.rect(1560, 150, 90, 880, "#2f6f9f", op=.16)
    x, y, w, h = boxes[8]
    c.rect(x - 6, y - 6, w + 12, h + 12, "none", stroke="#f2765f", sw=9, r=6)
    c.glow(x + w / 2, y + h / 2, 170, "#ff9f86", .8)
    pin(c, x + w / 2, y + h * .3, 34, "#f2765f")
    c.rect(1770, 800, 330, 240, "#3f7fae")
    c.rect(1800, 830, 270, 210, c.lin("#d8f1fa", "#9fd4ea"))
    c.rect(1928, 830, 12, 210, "#3f7fae")
    c.rect(1740, 780, 390, 34, "#f2765f", r=6)
    for x, h in ((1500, 470), (2330, 380)):
        tree(c, x, 1060, h, "#4fa37f", "#6b5747")
    for x, h in ((60, 520), (330, 380), (560, 300)):
        tree(c, x, 1050, h, "#57ad8a", "#6b5747")
    # ground
    c.rect(0, 1030, c.w, 570, c.lin("#a8d6bf", "#7fc0a4"))
    c.path("M1780 1040H2090Q2080 1180 1700 1290Q1300 1400 1340 1600H300"
           "Q460 1320 1180 1230Q1720 1160 1780 1040Z",
           c.lin("#f6f3ea", "#dfe6e6"))
    c.path("M1935 1060Q1900 1190 1500 1275Q1000 1380 880 1600", "none",
           stroke="#2f8fd0", sw=16, stroke_dasharray="34 30",
           stroke_linecap="round", op=.75)
    for x, w in ((1330, 300), (2300, 420), (180, 460)):
        bush(c, x, 1090, w, 100, "#3f9574", 18)
    for _ in range(16):
        flower(c, c.rng.uniform(2050, 2390), c.rng.uniform(1180, 1560), 16,
               c.rng.choice(("#ffffff", "#f9b8a6", "#ffe08a")))
    bike(c, 2210, 1180, 250, "#f2765f", -1)
    # floating phone with the route
    c.shadow(820, 1120, 260, 30, .25)
    with c.group(transform="rotate(-7 840 560)"):
        c.rect(640, 130, 420, 860, "#14304f", r=60, op=.25,
               filt=c.blur(22))
        phone(c, 830, 540, 410, "#e6f2f7", "#1f3a5f")
        app_map(c, 650, 215, 360, 520)
        c.rect(650, 745, 360, 165, "#ffffff", r=26)
        c.circle(712, 828, 40, "#ffd9a8")
        c.rect(770, 790, 170, 24, "#2f6f9f", r=12)
        c.rect(770, 834, 210, 18, "#b9d4e2", r=9)
        c.rect(770, 868, 120, 18, "#f2765f", r=9)
    for k, (dx, dy) in enumerate(((1120, 250), (1215, 520), (560, 470))):
        c.circle(dx, dy, 62 - k * 6, "#ffffff", op=.92)
        if k == 0:
            c.path("M%d %dl26 26l-34 34l-26-26z" % (dx + 4, dy - 30),
                   "#2f8fd0")
            c.circle(dx + 16, dy - 18, 22, "#f2765f")
        elif k == 1:
            c.path("M%d %dq36 44 0 62q-36-18 0-62z" % (dx, dy - 38),
                   "#2f8fd0")
        else:
            c.circle(dx, dy - 6, 22, "#ffd166")
            c.rect(dx - 10, dy + 14, 20, 16, "#8fa8b8", r=4)
    # worker
    c.shadow(1390, 1490, 210, 28, .35)
    j = person(c, 1390, 1490, 920, "walk", 1, hair="short", top="#f4f7f8",
               vest="#2f7fc0", stripe="#ffe6a0", bottom="#2b3f5c", turn=.6,
               extra="cap", skin="#e0a97f", shoes="#f2765f", an=(-16, -4),
               af=(24, 110))
    toolbox(c, j["an"][0] - 6, j["an"][1] + 175, 230, "#f2765f")
    phone(c, j["af"][0] + 12, j["af"][1] - 40, 62, "#d8f1fa", tilt=10)
    c.shadow(1830, 1210, 100, 16, .3)
    person(c, 1830, 1205, 480, "wave", -1, hair="long", top="#ffd166",
           bottom="#3f6f9a", turn=.5, legs="skirt", skin="#f6d3b8")
    grass(c, 0, 520, 1610, 150, "#3f9574", 50)
    c.rect(0, 0, c.w, c.h, c.lin(("#12466b", .6), ("#12466b", 0, .5),
                                 ("#12466b", 0, 1), x1=0, y1=1, x2=.55,
                                 y2=.35), blend="multiply")
    c.vignette("#1f4f78", .26)
    c.grain()


@scene(LAUNDRY, "01 阳光里的共享晾衣房", "3:2")
def drying_room(c):
    """Sunlit glass room with washing on the lines."""
    c.backdrop("#dff1f6", "#f3faf7")
    # glazed back wall
    c.rect(0, 120, c.w, 900, c.lin("#8fd0ea", "#cfeef3", "#e9f6e6"))
    cloud(c, 520, 330, 420, "#ffffff", .9)
    cloud(c, 1820, 260, 360, "#ffffff", .85)
    hills(c, 1020, 240, "#7fbfa6", 3)
    with c.mood("#bfe3ec", .3):
        facade(c, 1560, 520, 360, 420, 4, 4, "#f0e4d6", lit=0,
               glass="#7fb4cc", roof="#d98a6a")
    for x, h in ((140, 420), (420, 330), (1100, 360), (2080, 430),
                 (2340, 340)):
        tree(c, x, 1040, h, "#57ad8a", "#7a6455")
    for i in range(7):
        c.rect(i * 400 - 12, 100, 24, 930, "#ffffff")
        c.rect(i * 400 + 8, 100, 8, 930, "#b9d4de", op=.6)
    for y in (110, 380, 1000):
        c.rect(0, y, c.w, 22, "#ffffff")
    c.rect(0, 0, c.w, 122, c.lin("#cfe3ea", "#f6fbfb"))
    c.rect(0, 1010, c.w, 110, c.lin("#ffffff", "#d3e6ec"))
    c.rect(0, 1110, c.w, 490, c.lin("#d9e9ec", "#bcd9e2"))
    for i in range(9):
        c.rect(0, 1110 + i * i * 8, c.w, 4, "#ffffff", op=.6)
    for i in range(15):
        c.line([(1300 + (i - 7) * 170, 1112), (1300 + (i - 7) * 420, 1600)],
               "#ffffff", 4, op=.55)
    # bench of machines
    for i in range(4):
        washer(c, 60 + i * 190, 1130, 180, 250, "#f6fafb", "#3f86b0",
               on=i % 2 == 0)
    c.rect(40, 858, 800, 26, "#f2b59a", r=6)
    plant(c, 140, 860, 170, "fern", "#ffffff")
    plant(c, 700, 860, 200, "bloom", "#7fc4d6")
    closed_book(c, 400, 838, 130, 38, "#f2765f")
    # rails with laundry
    rails = ((330, 250, "#8fa8b8"), (250, 330, "#7f98a8"))
    for y, size, tone in rails:
        c.line([(820 if size < 300 else 760, 0), (820 if size < 300 else 760,
                                                  y)], tone, 6)
        c.line([(2360, 0), (2360, y)], tone, 6)
        c.line([(760, y), (2400, y)], tone, 12)
    kinds = ("shirt", "towel", "trousers", "shirt", "sock", "towel", "shirt")
    tones = ("#f2765f", "#ffffff", "#3f86b0", "#ffd166", "#7fc4a6", "#f9c7b6",
             "#6fb8dc", "#f3efe4")
    for i in range(9):
        garment(c, 880 + i * 178, 330, 250, kinds[(i * 3) % 7],
                mix(tones[(i * 5) % 8], "#cfe9f0", .35))
    for i in range(7):
        garment(c, 900 + i * 232, 250, 400, kinds[i], tones[i])
    # smart panel on a post
    c.rect(1232, 690, 16, 430, "#8fa8b8")
    c.rect(1110, 640, 260, 330, "#14304f", op=.2, r=26, filt=c.blur(14))
    c.rect(1100, 620, 260, 330, "#1f4a72", r=26)
    c.rect(1116, 636, 228, 298, c.lin("#eaf7fb", "#cdeaf4"), r=16)
    c.circle(1230, 726, 62, "none", stroke="#bfe0ea", sw=18)
    c.path("M1230 664A62 62 0 1 1 1172 748", "none", stroke="#f2765f", sw=18,
           stroke_linecap="round")
    for i in range(3):
        c.rect(1140 + i * 64, 830, 50, 50, ("#5fc4a6", "#ffd166", "#6fb8dc")
               [i], r=12)
    c.rect(1140, 896, 178, 14, "#9fc4d4", r=7)
    # sunlight
    for x in (700, 1150, 1600, 2050):
        c.beam([(x, 120), (x + 260, 120), (x - 420, 1600), (x - 820, 1600)],
               "#fffbe0", .34, 24)
        c.poly([(x - 250, 1120), (x - 30, 1120), (x - 300, 1600),
                (x - 640, 1600)], c.lin(("#fff6cf", .6), ("#fff6cf", .1)),
               blend="screen", filt=c.blur(8))
    plant(c, 2290, 1190, 480, "palm", "#f2b59a")
    # people
    c.shadow(1690, 1420, 210, 26, .25)
    person(c, 1690, 1420, 800, "reach", 1, hair="ponytail", top="#f2765f",
           bottom="#3f6f9a", turn=.6, sleeve="short", skin="#f6d3b8")
    garment(c, 1975, 620, 330, "towel", "#fdf3e2")
    c.shadow(2120, 1480, 180, 24, .25)
    person(c, 2160, 1480, 800, "phone", -1, hair="short", top="#ffffff",
           bottom="#2f5f86", turn=.6, skin="#e0a97f", hood=True)
    basket(c, 1440, 1440, 270, 150, "#e0b98a")
    for i, tone in enumerate(("#ffffff", "#6fb8dc", "#f9c7b6", "#ffd166")):
        c.oval(1350 + i * 60, 1290 - (i % 2) * 14, 62, 34, tone)
    basket(c, 1440, 1440, 270, 138, "#e0b98a")
    stool(c, 960, 1300, 150, 170, "#f2b59a")
    c.specks(40, (400, 200, 1900, 1100), (1.5, 5), "#ffffff", (.3, .9))
    c.rect(0, 0, c.w, c.h, c.lin(("#1f5f86", .5), ("#1f5f86", 0, .5),
                                 ("#1f5f86", 0, 1), x1=0, y1=1, x2=.55,
                                 y2=.3), blend="multiply")
    c.vignette("#2a6a90", .22)
    c.grain()


def brick(c, x, y, w, h, tones, size=44):
    """Scattered brick accents over a wall."""
    for r in range(int(h / (size * .5))):
        for k in range(int(w / size) + 1):
            if c.rng.random() < .2:
                bx = x + k * size + (r % 2) * size / 2
                c.rect(bx, y + r * size * .5, min(size * .9, x + w - bx),
                       size * .4, c.rng.choice(tones), r=2, op=.6)


@scene(RENEW, "01 秋天里焕新的老楼", "3:2")
def old_building(c):
    """Renovated red-brick dormitory among autumn trees."""
    c.backdrop("#6fb8dc", "#bfe3ea", "#f6ead0")
    c.glow(420, 300, 700, "#fff4d0", .7)
    cloud(c, 360, 260, 440, "#ffffff", .8)
    cloud(c, 1250, 150, 340, "#ffffff", .75)
    hills(c, 1040, 260, "#8fb8b0", 3)
    x0, y0, w, h = 860, 330, 1440, 760
    c.shadow(x0 + w / 2, y0 + h, w * .58, 40, .3)
    facade(c, x0, y0, w, h, 4, 10, "#b9573f", lit=.12, warm="#ffe2a0",
           glass="#5f9fb8", trim="#f6ead6", ac=0)
    brick(c, x0, y0, w, h, ("#c96a4c", "#a34a38", "#d07a58"), 46)
    cw, fh = w / 10, h / 4
    for r in range(4):
        for k in range(10):
            if r == 3 and k in (4, 5):
                continue
            window(c, x0 + k * cw + cw * .22, y0 + r * fh + fh * .22,
                   cw * .56, fh * .5, c.lin("#7fc0d6", "#cfeaf0") if
                   c.rng.random() > .14 else "#ffe2a0", frame="#f8f0e0",
                   cols=2, rows=2, bar=6)
            if c.rng.random() < .4:
                for i in range(7):
                    leaf(c, x0 + k * cw + cw * (.25 + i * .08),
                         y0 + r * fh + fh * .8, 30, c.rng.uniform(-40, 40),
                         "#4f9a6f", .4, vein=False)
    # gabled roof with water heaters
    c.poly([(x0 - 40, y0 + 6), (x0 + 90, y0 - 120), (x0 + w - 90, y0 - 120),
            (x0 + w + 40, y0 + 6)], c.lin("#8a5a4f", "#6b4340"))
    for i in range(9):
        inset = (14 + i * 13) / 126 * 130 - 40
        c.line([(x0 + inset, y0 - 8 - i * 13),
                (x0 + w - inset, y0 - 8 - i * 13)],
               "#a8705f", 3, op=.5)
    for i in range(6):
        heater(c, x0 + 170 + i * 195, y0 - 78, 130, 100)
    c.poly([(1480, y0 + 4), (1580, y0 - 130), (1680, y0 + 4)], "#f6ead6")
    c.circle(1580, y0 - 46, 32, "#b9573f")
    c.circle(1580, y0 - 46, 24, "#cfeaf0")
    # ivy on the corner
    for _ in range(230):
        t = c.rng.random()
        leaf(c, x0 + w - 10 - c.rng.random() ** 2 * 240 * (1 - t * .6),
             y0 + h - t * h * .9, 38, c.rng.uniform(0, 360),
             c.rng.choice(("#4f8a5a", "#d9823f", "#c9573f", "#e3a441")), .5,
             vein=False)
    # new entrance
    c.rect(1400, 850, 360, 240, "#f8f0e0")
    c.rect(1430, 880, 300, 210, c.lin("#bfe6f0", "#7fc0d6"))
    for k in (1, 2):
        c.rect(1430 + 100 * k - 6, 880, 12, 210, "#f8f0e0")
    c.rect(1340, 826, 480, 34, "#2f7fae", r=8)
    c.rect(1360, 1086, 440, 18, "#e9e0d0")
    c.rect(1330, 1102, 500, 20, "#d9cdb9")
    # ground
    c.rect(0, 1080, 1330, 520, c.lin("#b9b46f", "#8fa060"))
    c.rect(1300, 1080, 1100, 520, c.lin("#b9b46f", "#8fa060"))
    c.path("M1340 1122H1820Q1860 1340 1500 1600H760Q1240 1360 1340 1122Z",
           c.lin("#efe3cd", "#d9c4a4"))
    for k in range(9):
        t = k / 9
        c.line([(1340 - t * 420, 1130 + t * t * 470), (1822 - t * 130,
                                                       1130 + t * t * 470)],
               "#c9b08c", 3, op=.6)
    for x, w2 in ((980, 360), (2140, 420)):
        bush(c, x, 1120, w2, 90, "#6f9a55", 20)
    # autumn trees
    tree(c, 2330, 1330, 1150, "#e0862f", "#5b4033", density=80)
    tree(c, 640, 1180, 720, "#e3a43a", "#5b4033", density=60)
    tree(c, 240, 1260, 980, "#d9683a", "#5b4033", density=80)
    for px, py, ph, face, look in (
            (1690, 1330, 400, -1, dict(hair="long", top="#f2765f",
                                       bottom="#3f5f86", legs="skirt")),
            (1580, 1330, 420, -1, dict(hair="short", top="#3f86b0",
                                       bottom="#39435a", bag="#e3a441")),
            (1230, 1480, 470, 1, dict(hair="bob", top="#f3efe4",
                                      bottom="#8a5a4f", bag="#2f7fae"))):
        c.shadow(px, py, ph * .25, ph * .035, .35)
        person(c, px, py, ph, "walk", face, turn=.6, **look)
    bench(c, 1950, 1330, 300, 90)
    j = person(c, 2060, 1240, 380, "sitread", -1, hair="short",
               top="#7fae8a", bottom="#4a4a58", seat=True, turn=.65)
    hold_book(c, j, 84, "#f2765f")
    bike(c, 960, 1200, 200, "#2f7fae", 1)
    for _ in range(120):
        leaf(c, c.rng.uniform(0, c.w), c.rng.uniform(1130, 1590),
             c.rng.uniform(16, 30), c.rng.uniform(0, 360), c.rng.choice(
                 ("#d9683a", "#e3a43a", "#c9503c", "#f0c060")), .45,
             vein=False)
    for _ in range(26):
        leaf(c, c.rng.uniform(0, c.w), c.rng.uniform(200, 1100),
             c.rng.uniform(22, 38), c.rng.uniform(0, 360), c.rng.choice(
                 ("#d9683a", "#e3a43a", "#f0c060")), .45, vein=False)
    c.beam([(200, 0), (620, 0), (1500, 1600), (500, 1600)], "#fff4d0", .22, 60)
    c.rect(0, 0, c.w, c.h, c.lin(("#2a3f4a", .6), ("#2a3f4a", 0, .5),
                                 ("#2a3f4a", 0, 1), x1=0, y1=1, x2=.55,
                                 y2=.35), blend="multiply")
    c.vignette("#3f4a50", .28)
    c.grain()


@scene(REPAIR, "02 水龙头修好了", "1:1")
def tap_fixed(c):
    """Close view of a repaired tap."""
    c.backdrop("#cfe9f2", "#e9f5f6")
    for i in range(9):
        for k in range(8):
            c.rect(i * 204 - 20, k * 170 - 20, 196, 162, mix(
                "#d4ecf4", c.rng.choice(("#ffffff", "#b9dfec", "#c9e6ea")),
                c.rng.random() * .7), r=8)
    c.beam([(200, -50), (900, -50), (1700, 1300), (700, 1300)], "#fffbe6", .5,
           40)
    # round mirror with reflected window
    c.circle(1190, 420, 330, "#1f4a72", op=.22, filt=c.blur(18))
    c.circle(1180, 400, 330, "#f2b59a")
    mirror = "M876 400a304 304 0 1 0 608 0a304 304 0 1 0-608 0"
    c.path(mirror, c.lin("#bfe3f0", "#eef8f6"))
    with c.group(clip=mirror):
        window(c, 900, 180, 260, 330, c.lin("#8fd0ea", "#eaf6e6"),
               frame="#ffffff")
        c.poly([(1180, 60), (1330, 60), (1010, 760), (860, 760)], "#ffffff",
               op=.3)
        person(c, 1290, 1010, 800, "wave", -1, hair="short", top="#f4f7f8",
               vest="#2f7fc0", stripe="#ffe6a0", bottom="#2b3f5c", turn=.35,
               extra="cap", skin="#e0a97f")
    # shelf
    c.rect(120, 560, 560, 28, "#f2b59a", r=8)
    plant(c, 250, 562, 330, "fern", "#ffffff")
    c.rect(400, 440, 84, 122, c.lin("#7fc4d6", "#4f9fc0", x2=1, y2=0), r=18)
    c.rect(420, 410, 44, 36, "#ffffff", r=8)
    for k, tone in ((0, "#f2765f"), (1, "#ffd166")):
        c.line([(560 + k * 40, 470), (548 + k * 60, 360)], tone, 13)
        c.rect(540 + k * 62, 330, 20, 44, "#ffffff", r=6)
    c.rect(530, 460, 100, 102, c.lin("#ffffff", "#c9e0ea", x2=1, y2=0), r=14)
    # repair sticker on the tiles
    with c.group(transform="rotate(-3 270 900)"):
        c.rect(158, 742, 240, 330, "#1f4a72", op=.2, r=20, filt=c.blur(10))
        c.rect(150, 730, 240, 330, "#ffffff", r=20)
        c.rect(150, 730, 240, 54, "#f2765f", r=20)
        c.rect(150, 762, 240, 22, "#f2765f")
        code_block(c, 176, 802, 188)
        c.rect(196, 1010, 148, 18, "#b9d4e2", r=9)
    # basin
    c.rect(0, 1240, c.w, 560, c.lin("#f6fafb", "#c3dce6"))
    c.rect(0, 1220, c.w, 34, "#ffffff")
    c.oval(900, 1420, 640, 190, "#7fa8bf", op=.35, filt=c.blur(16))
    c.oval(900, 1390, 640, 190, "#ffffff")
    c.oval(900, 1398, 590, 160, c.lin("#a8cfe0", "#e3f2f6"))
    c.oval(900, 1452, 430, 92, c.lin("#7fc0dc", "#bfe6f0"))
    for k in (1, .66, .34):
        c.oval(905, 1452, 240 * k, 46 * k, "none", stroke="#ffffff", sw=6,
               op=.85)
    # tap
    chrome = c.lin("#f4fafc", "#9fb8c6", "#e9f2f6", "#7f9aaa", x2=1, y2=0)
    c.shadow(640, 1270, 150, 26, .35)
    c.path("M580 1270V880Q580 700 760 700H860Q960 700 960 800V860H880V815"
           "Q880 790 850 790H770Q700 790 700 880V1270Z", chrome)
    c.path("M596 1250V880Q600 722 760 716H850", "none", stroke="#ffffff",
           sw=12, op=.7, stroke_linecap="round")
    c.rect(560, 1240, 160, 44, chrome, r=14)
    c.rect(866, 852, 108, 32, "#6f8a9a", r=8)
    c.path("M640 700q-10-90 30-130h150q40 0 40 34t-40 34h-110l-14 62z",
           chrome)
    c.circle(690, 620, 17, "#4fb0e0")
    c.path("M884 884h72q10 280-6 560h-60q-16-280-6-560z",
           c.lin(("#dff4fc", .95), ("#8fd0ec", .75), ("#dff4fc", .9), x2=1,
                 y2=0))
    for _ in range(26):
        a = c.rng.uniform(-1, 1)
        c.circle(920 + a * 260, 1430 - abs(a) * 40 - c.rng.random() * 110,
                 c.rng.uniform(4, 13), "#dff4fc", op=.9)
    # wrench and gloved hand
    with c.group(transform="translate(1350 1180) rotate(24)"):
        c.rect(-26, -80, 52, 520, c.lin("#f2968a", "#d9573f", x2=1, y2=0),
               r=24)
        c.path("M-70-170q0 90 44 112h52q44-22 44-112l-40-20v70h-60v-70z",
               c.lin("#dfe9ee", "#8fa6b4", x2=1, y2=0))
    c.rect(220, 1310, 280, 170, "#1f4a72", op=.25, r=20, filt=c.blur(14))
    with c.group(transform="rotate(-9 330 1390)"):
        c.rect(190, 1290, 300, 180, "#ffffff", r=26)
        c.circle(256, 1380, 44, "#4fc4a6")
        c.line([(236, 1380), (252, 1398), (280, 1362)], "#ffffff", 13)
        for k, w in enumerate((130, 100, 120)):
            c.rect(324, 1336 + k * 34, w, 16, ("#2f6f9f", "#b9d4e2",
                                               "#b9d4e2")[k], r=8)
    plant(c, 1640, 1560, 420, "snake", "#f2765f")
    for x, y, s in ((1080, 1000, 26), (480, 820, 20), (1060, 720, 18),
                    (1530, 900, 22)):
        c.path("M%d %dq%d %d %d %dq%d %d %d %dq%d %d %d %dq%d %d %d %dz" % (
            x, y - s * 2, s * .2, s * 1.8, s * 2, s * 2, -s * 1.8, s * .2,
            -s * 2, s * 2, -s * .2, -s * 1.8, -s * 2, -s * 2, s * 1.8,
            -s * .2, s * 2, -s * 2), "#ffffff", op=.9)
    c.vignette("#1f5f86", .24)
    c.grain()


def iso(x, y, z, s=1.0, ox=0.0, oy=0.0):
    """Isometric projection: x to the right-down, y to the left-down."""
    return (ox + (x - y) * .866 * s, oy + (x + y) * .5 * s - z * s)


def iso_box(c, at, x, y, z, w, d, h, top, left, right):
    """Isometric cuboid with its lower corner at (x, y, z)."""
    c.poly([at(x, y, z + h), at(x + w, y, z + h), at(x + w, y + d, z + h),
            at(x, y + d, z + h)], top)
    c.poly([at(x, y + d, z), at(x + w, y + d, z), at(x + w, y + d, z + h),
            at(x, y + d, z + h)], left)
    c.poly([at(x + w, y, z), at(x + w, y + d, z), at(x + w, y + d, z + h),
            at(x + w, y, z + h)], right)


def iso_tree(c, at, x, y, s, tone="#4fa37f"):
    """Small isometric tree."""
    px, py = at(x, y, 0)
    c.oval(px, py, s * .5, s * .22, "#14304f", op=.22)
    c.rect(px - s * .06, py - s * .6, s * .12, s * .6, "#7a6455")
    for dx, dy, r, t in ((0, -.95, .42, 0), (-.16, -.75, .3, -.1),
                         (.1, -1.12, .28, .18)):
        c.circle(px + dx * s, py + dy * s, r * s,
                 light(tone, t) if t >= 0 else dark(tone, -t))


@scene(REPAIR, "03 整栋楼的报修地图", "4:3")
def iso_building(c):
    """Isometric dormitory with service pins."""
    c.backdrop("#8fd0ea", "#cdeef2", "#eaf7f2")
    c.glow(1120, 760, 1200, "#ffffff", .6)
    s = 1.64

    def at(x, y, z):
        return iso(x, y, z, s, 1085, 700)
    # base plate with lawns and roads
    iso_box(c, at, -60, -60, -30, 640, 560, 30, "#cfeadf", "#8fbfc0",
            "#a8d2cc")
    iso_box(c, at, -40, 395, 0, 600, 80, 2, "#eef3f4", "#cbd9de", "#d5e2e6")
    iso_box(c, at, 470, -40, 0, 80, 520, 2, "#eef3f4", "#cbd9de", "#d5e2e6")
    for k in range(9):
        iso_box(c, at, -20 + k * 56, 432, 2, 30, 5, .6, "#ffffff", "#ffffff",
                "#ffffff")
        iso_box(c, at, 508, -20 + k * 50, 2, 5, 28, .6, "#ffffff", "#ffffff",
                "#ffffff")
    for x, y in ((20, -30), (120, -40), (240, -36), (340, -40), (430, -30),
                 (-40, 60), (-44, 180), (-40, 300)):
        iso_tree(c, at, x, y, 120, c.rng.choice(("#4fa37f", "#6fbf94")))
    # main block, floors stacked; one corner open like a doll's house
    bx, by, bw, bd, fh = 40, 20, 390, 190, 62
    p = at(bx + bw * .5, by + bd + 60, 0)
    c.oval(p[0], p[1] + 40, 470, 150, "#14304f", op=.2, filt=c.blur(24))
    for f in range(5):
        z = f * fh
        iso_box(c, at, bx, by, z, bw, bd, fh - 4, "#ffffff", "#f4f8f9",
                "#d3e4ec")
        iso_box(c, at, bx - 3, by - 3, z + fh - 5, bw + 6, bd + 6, 5,
                "#ffffff", "#7fb8d6", "#5f9fc4")
        for k in range(7):
            x = bx + 14 + k * 54
            open_room = f in (2, 3) and k in ((1, 2) if f == 2 else (4, 5))
            if f == 0 and k == 3:
                c.poly([at(x - 6, by + bd, 1), at(x + 46, by + bd, 1),
                        at(x + 46, by + bd, 46), at(x - 6, by + bd, 46)],
                       "#2f7fae")
                c.poly([at(x, by + bd, 1), at(x + 40, by + bd, 1),
                        at(x + 40, by + bd, 40), at(x, by + bd, 40)],
                       "#bfeaf5")
                continue
            tone = ("#ffe2a0" if open_room else
                    c.rng.choice(("#5fa8d0", "#7fc0dc", "#4f94c0")))
            c.poly([at(x, by + bd, z + 12), at(x + 38, by + bd, z + 12),
                    at(x + 38, by + bd, z + 48), at(x, by + bd, z + 48)],
                   tone)
            c.poly([at(x, by + bd, z + 12), at(x + 14, by + bd, z + 12),
                    at(x + 30, by + bd, z + 48), at(x + 16, by + bd, z + 48)],
                   "#ffffff", op=.25)
            iso_box(c, at, x - 3, by + bd, z + 8, 44, 9, 12, "#e9f3f6",
                    "#a8d0e0", "#8fbcd0")
        for k in range(3):
            y = by + 18 + k * 58
            c.poly([at(bx + bw, y, z + 14), at(bx + bw, y + 38, z + 14),
                    at(bx + bw, y + 38, z + 48), at(bx + bw, y, z + 48)],
                   c.rng.choice(("#3f7fae", "#5f9fc4", "#ffe2a0")))
    z = 5 * fh
    iso_box(c, at, bx + 8, by + 8, z, bw - 16, bd - 16, 8, "#dfeaef",
            "#b9d0da", "#a8c4d0")
    for i in range(5):
        for k in range(2):
            x, y = bx + 30 + i * 62, by + 30 + k * 74
            c.poly([at(x, y, z + 30), at(x + 46, y, z + 30),
                    at(x + 46, y + 44, z + 10), at(x, y + 44, z + 10)],
                   c.lin("#2f5f96", "#4f8fc0"))
            for q in (1, 2):
                c.line([at(x + 46 * q / 3, y, z + 30),
                        at(x + 46 * q / 3, y + 44, z + 10)], "#cfe6f2", 2)
    iso_box(c, at, bx + 340, by + 50, z + 6, 40, 60, 44, "#ffffff", "#e3eef2",
            "#bfd4de")
    # low laundry wing with canopy
    iso_box(c, at, 250, 270, 0, 160, 90, 60, "#f2b59a", "#ffffff", "#dbe8ee")
    for k in range(4):
        x = 260 + k * 37
        c.poly([at(x, 360, 8), at(x + 28, 360, 8), at(x + 28, 360, 48),
                at(x, 360, 48)], "#7fc0dc")
    for x, y in ((60, 300), (120, 340), (190, 310), (200, 360), (20, 350),
                 (440, 250), (440, 330), (440, 130)):
        iso_tree(c, at, x, y, 105, c.rng.choice(("#4fa37f", "#6fbf94",
                                                 "#f2c46a")))
    for x, y, tone in ((120, 425, "#f2765f"), (330, 440, "#ffd166"),
                       (500, 200, "#4f94c0"), (505, 340, "#ffffff")):
        w, d = (56, 26) if y > 400 else (26, 56)
        iso_box(c, at, x, y, 6, w, d, 15, light(tone, .2), tone,
                dark(tone, .15))
        iso_box(c, at, x + w * .2, y + d * .15, 21, w * .6, d * .7, 12,
                light(tone, .3), "#3f5f7f", "#2f4f6f")
    # route and pins
    route = [at(500, 470, 3), at(500, 436, 3), at(204, 436, 3),
             at(204, 220, 3)]
    c.line(route, "#f2765f", 11, stroke_dasharray="26 22")
    pins = ((at(bx + 90, by + bd, 2 * fh + 30), "#f2765f", 52),
            (at(bx + 290, by + bd, 3 * fh + 30), "#ffb03a", 52),
            (at(bx + bw, by + 90, 3 * fh + 30), "#2f9fd0", 46),
            (at(330, 320, 60), "#3fb58f", 42), (at(204, 230, 40), "#f2765f",
                                                34))
    for (px, py), tone, r in pins:
        c.glow(px, py, r * 3, light(tone, .3), .5)
        pin(c, px, py, r, tone)
    # floating cards
    for x, y, tone, kind in ((170, 470, "#f2765f", 0), (1790, 330, "#2f9fd0",
                                                        1),
                             (1800, 1150, "#3fb58f", 2)):
        c.rect(x + 8, y + 20, 290, 150, "#14304f", op=.2, r=28,
               filt=c.blur(14))
        c.rect(x, y, 290, 150, "#ffffff", r=28)
        c.circle(x + 72, y + 75, 44, light(tone, .7))
        if kind == 0:
            c.path("M%d %dq34 42 0 58q-34-16 0-58z" % (x + 72, y + 42), tone)
        elif kind == 1:
            c.poly([(x + 80, y + 42), (x + 50, y + 82), (x + 70, y + 82),
                    (x + 62, y + 110), (x + 96, y + 68), (x + 76, y + 68)],
                   tone)
        else:
            c.line([(x + 52, y + 76), (x + 66, y + 92), (x + 94, y + 58)],
                   tone, 12)
        for k, w in enumerate((110, 130, 70)):
            c.rect(x + 136, y + 42 + k * 28, w, 15, tone if k == 0
                   else "#cfe0ea", r=7)
    for x, y, w in ((210, 190, 320), (1890, 170, 280), (330, 1500, 240)):
        cloud(c, x, y, w, "#ffffff", .8)
    c.vignette("#2a6a90", .26)
    c.grain()


@scene(LAUNDRY, "02 一整排会报时的洗衣机", "16:9")
def washer_row(c):
    """Row of machines in a bright room."""
    c.rect(0, 0, c.w, 1000, c.lin("#d3eef6", "#f0f9f8"))
    for i in range(17):
        for k in range(5):
            c.rect(i * 150 + (k % 2) * 75 - 60, 40 + k * 76, 144, 70,
                   mix("#cbe9f2", "#ffffff", c.rng.random()), r=6, op=.7)
    c.rect(0, 420, c.w, 14, "#f2b59a")
    # status board with abstract tiles
    c.rect(980, 90, 640, 290, "#14304f", op=.2, r=24, filt=c.blur(14))
    c.rect(970, 74, 640, 290, "#1f4a72", r=24)
    for i in range(7):
        for k in range(3):
            tone = c.rng.choice(("#4fd1c5", "#4fd1c5", "#ffd166", "#f2765f",
                                 "#6fb8dc"))
            c.rect(1000 + i * 84, 100 + k * 82, 70, 68, tone, r=14, op=.9)
            c.circle(1035 + i * 84, 134 + k * 82, 18, "none",
                     stroke="#ffffff", sw=6, op=.9)
    window(c, 160, 80, 560, 300, c.lin("#8fd0ea", "#e9f6e6"),
           frame="#ffffff", cols=3, rows=1)
    with c.group(clip="M160 80h560v300h-560z"):
        cloud(c, 330, 200, 220, "#ffffff", .9)
        for x, h in ((230, 240), (620, 290), (480, 180)):
            tree(c, x, 410, h, "#57ad8a", "#7a6455", density=20)
    for k in (1, 2):
        c.rect(160 + 560 * k / 3 - 8, 80, 16, 300, "#ffffff")
    hanging_plant(c, 830, 0, 170, 84, "#f2765f")
    hanging_plant(c, 1790, 0, 140, 76, "#ffffff")
    c.rect(0, 985, c.w, 365, c.lin("#c3e0ea", "#e3f1f4"))
    for i in range(15):
        c.line([(1200 + (i - 7) * 180, 990), (1200 + (i - 7) * 330, 1350)],
               "#ffffff", 4, op=.7)
    for k in (1045, 1140, 1260):
        c.rect(0, k, c.w, 4, "#ffffff", op=.7)
    c.rect(0, 470, c.w, 26, "#ffffff")
    c.rect(0, 495, c.w, 500, c.lin("#a8d2e2", "#8fc0d6"))
    for i in range(7):
        x = 30 + i * 344
        washer(c, x, 990, 320, 440, ("#f6fafb", "#ffffff")[i % 2], on=i != 4)
        c.oval(x + 160, 1010, 150, 60, c.lin(("#ffffff", .5),
                                             ("#ffffff", 0)))
        if i not in (2, 4):
            c.rect(x + 110, 496, 100, 44, "#14304f", r=10)
            c.rect(x + 118, 502, 84, 32, ("#bff3ea", "#ffe9b0")[i % 2], r=7)
            c.rect(x + 128, 512, 40 + (i * 13) % 30, 12, ("#2f9f90",
                                                       "#e09a2f")[i % 2],
                   r=6)
    c.rect(0, 460, c.w, 18, "#f2b59a")
    basket(c, 160, 462, 180, 90, "#e0b98a")
    for k, tone in enumerate(("#6fb8dc", "#ffffff", "#f2765f")):
        c.rect(330, 436 - k * 26, 150 - k * 12, 25, tone, r=10)
    plant(c, 2290, 462, 230, "bloom", "#7fc4d6")
    # students
    c.shadow(1560, 1240, 200, 24, .3)
    person(c, 1560, 1240, 780, "crouch", -1, hair="ponytail", top="#f2765f",
           bottom="#2f5f86", turn=.65, skin="#f6d3b8", sleeve="short",
           an=(54, 88), af=(64, 92))
    basket(c, 1790, 1290, 260, 130, "#e0b98a")
    for k, tone in enumerate(("#ffffff", "#ffd166", "#6fb8dc", "#f9c7b6")):
        c.oval(1710 + k * 54, 1158 - (k % 2) * 12, 56, 30, tone)
    basket(c, 1790, 1290, 260, 118, "#e0b98a")
    c.shadow(640, 1270, 180, 24, .3)
    j = person(c, 640, 1270, 820, "phone", 1, hair="short", top="#ffffff",
               bottom="#35506f", turn=.6, skin="#e0a97f", hood=True,
               bag="#ffd166")
    phone(c, j["an"][0] + 8, j["an"][1] - 40, 64, "#d8f6f2", tilt=10)
    c.glow(j["an"][0] + 10, j["an"][1] - 40, 110, "#bff3ea", .5)
    for k in range(3):
        c.path("M%d %da%d %d 0 0 1 0 %d" % (
            j["an"][0] + 90 + k * 34, j["an"][1] - 74 - k * 16, 70 + k * 20,
            70 + k * 20, 80 + k * 32), "none", stroke="#4fb0e0", sw=9,
            stroke_linecap="round", op=.8 - k * .2)
    c.shadow(2210, 1290, 180, 24, .3)
    person(c, 2210, 1290, 820, "carrywalk", -1, hair="long", top="#7fc4a6",
           bottom="#3a4a68", turn=.6, skin="#f6d3b8", legs="skirt")
    basket(c, 2005, 985, 240, 110, "#d9a874")
    for k, tone in enumerate(("#ffffff", "#f2765f", "#6fb8dc")):
        c.oval(1940 + k * 62, 876 - (k % 2) * 10, 54, 28, tone)
    basket(c, 2005, 985, 240, 100, "#d9a874")
    for _ in range(26):
        r = c.rng.uniform(10, 34)
        x, y = c.rng.uniform(100, 2300), c.rng.uniform(60, 900)
        c.circle(x, y, r, "#ffffff", op=.22)
        c.circle(x, y, r, "none", stroke="#ffffff", sw=3, op=.7)
        c.circle(x - r * .35, y - r * .35, r * .2, "#ffffff", op=.9)
    c.beam([(200, 80), (760, 80), (1500, 1350), (700, 1350)], "#fffbe0", .3,
           40)
    c.vignette("#1f5f86", .26)
    c.grain()


@scene(LAUNDRY, "03 手机上看得见的空位", "3:4")
def laundry_app(c):
    """Phone with laundry slots held in front of drying clothes."""
    c.backdrop("#6fc0e4", "#b4e2ee", "#f0f7ee")
    c.glow(1150, 330, 820, "#fffbe0", .85)
    cloud(c, 330, 300, 420, "#ffffff", .85)
    cloud(c, 1250, 520, 340, "#ffffff", .75)
    with c.group(filt=c.blur(4)):
        facade(c, -60, 980, 700, 700, 5, 5, "#f4ede2", lit=0, ac=.2,
               glass="#7fb4cc", balcony="#cfe4ee", roof="#d98a6a")
        for x, h in ((760, 700), (1180, 820), (1430, 640)):
            tree(c, x, 1800, h, "#6fbf94", "#7a6455")
    c.rect(0, 1640, c.w, 360, c.lin("#8fd0b0", "#5faf90"))
    for y, sag, size, n, mute in ((520, 60, 300, 7, .45), (700, 80, 430, 5,
                                                          0)):
        def on(t, y=y, sag=sag):
            return (-60 + 1620 * t, y + sag * 4 * t * (1 - t))
        c.line([on(i / 12) for i in range(13)], "#7f98a8", 8 if mute else 10,
               curve=True)
        kinds = ("towel", "shirt", "sock", "trousers", "shirt", "towel",
                 "shirt")
        tones = ("#ffd166", "#ffffff", "#f2765f", "#3f86b0", "#f9c7b6",
                 "#7fc4a6", "#6fb8dc")
        for i in range(n):
            px, py = on((i + .5) / n)
            with c.group(transform="rotate(%.1f %.1f %.1f)" % (
                    c.rng.uniform(-5, 5), px, py)):
                garment(c, px, py, size, kinds[(i + (mute > 0)) % 7],
                        mix(tones[(i * 3 + (mute > 0)) % 7], "#bfe6f0",
                            mute))
    # phone
    c.rect(480, 640, 660, 1210, "#12304f", op=.35, r=90, filt=c.blur(34))
    with c.group(transform="rotate(4 780 1240)"):
        phone(c, 780, 1230, 600, "#f4fafc", "#1f3a5f")
        c.rect(512, 680, 536, 220, c.lin("#4fb0e0", "#2f86c0", x2=1), r=50)
        c.circle(600, 800, 48, "#ffffff", op=.9)
        garment(c, 600, 776, 56, "shirt", "#2f86c0")
        c.rect(680, 762, 220, 26, "#ffffff", r=13)
        c.rect(680, 808, 290, 20, "#bfe3f4", r=10)
        for r in range(4):
            for k in range(4):
                x, y = 528 + k * 128, 940 + r * 138
                free = (r * 4 + k) in (1, 6, 7, 11, 12)
                tone = "#4fc4a6" if free else c.rng.choice(
                    ("#d5e6ee", "#d5e6ee", "#ffd9a0"))
                c.rect(x, y, 112, 118, light(tone, .25) if free else tone,
                       r=22)
                c.circle(x + 56, y + 52, 32, "#ffffff", op=.9)
                if free:
                    c.line([(x + 42, y + 52), (x + 53, y + 64),
                            (x + 72, y + 40)], "#2f9f80", 9)
                else:
                    c.path("M%d %da20 20 0 1 1-20 20" % (x + 56, y + 32),
                           "none", stroke="#8fb0c4", sw=8,
                           stroke_linecap="round")
                c.rect(x + 30, y + 96, 52, 9, "#9fbccb" if not free
                       else "#ffffff", r=4)
        c.rect(540, 1530, 480, 96, c.lin("#f58a70", "#f2694f"), r=48)
        c.rect(680, 1566, 200, 24, "#ffffff", r=12)
        c.circle(780, 1690, 26, "none", stroke="#c3d9e4", sw=7)
        for k in (-150, 150):
            c.rect(756 + k, 1668, 48, 44, "#d5e6ee", r=12)
    # hand holding it from below
    c.path(capsule((1260, 2120), (1130, 1780), 190, 130), "#ffd166")
    c.path(capsule((1150, 1850), (1080, 1640), 112, 96), "#f1c6a2")
    c.path(capsule((1150, 1850), (1128, 1790), 142, 136), "#ffdd8a")
    for k in range(4):
        c.path(capsule((1130, 1560 - k * 84), (1020 - (k == 3) * -10,
                                               1572 - k * 82), 44, 38),
               "#f1c6a2")
        c.path(capsule((1046, 1568 - k * 83), (1024, 1570 - k * 82), 22, 18),
               "#f9e0cc")
    c.path(capsule((1110, 1700), (1140, 1320), 92, 56), "#f1c6a2")
    c.line([(1090, 1660), (1110, 1480)], "#d9a67f", 6, op=.6)
    for i in range(15):
        leaf(c, 40 + i * 34, 2010, c.rng.uniform(140, 300),
             c.rng.uniform(-30, 30), mix("#3f9574", "#8fcfa0",
                                         c.rng.random()), .2)
    c.specks(40, (60, 60, 1400, 1700), (2, 7), "#ffffff", (.3, .9))
    c.beam([(900, -40), (1500, -40), (700, 2000), (-100, 2000)], "#fffbe0",
           .26, 50)
    c.vignette("#1f5f86", .28)
    c.grain()


@scene(RENEW, "02 走廊尽头的直饮水", "3:4")
def water_dispenser(c):
    """Students fill bottles at a new dispenser."""
    c.rect(0, 0, c.w, 1560, c.lin("#e3f2f4", "#cfe6ec"))
    # arched brick wall opening with a window
    c.rect(0, 0, 420, 1560, c.lin("#b9614a", "#9a4c3c"))
    brick(c, 0, 0, 420, 1560, ("#c9745a", "#a8553f", "#d4876a"), 70)
    c.rect(405, 0, 24, 1560, "#f4ede0")
    c.rect(60, 220, 300, 800, "#f4ede0", r=150)
    box = "M84 370a126 126 0 0 1 252 0v626h-252z"
    c.path(box, c.lin("#8fd0ea", "#dff2ea", "#fbe6bd"))
    with c.group(clip=box):
        tree(c, 130, 1080, 620, "#e0963f", "#5b4033", density=40)
        tree(c, 330, 1080, 460, "#d9703a", "#5b4033", density=30)
    for y in (500, 760):
        c.rect(84, y, 252, 12, "#f4ede0")
    c.rect(204, 246, 12, 750, "#f4ede0")
    c.rect(40, 1015, 340, 34, "#fffaf0")
    plant(c, 140, 1018, 210, "bloom", "#f2765f")
    c.rect(429, 1120, 1071, 440, c.lin("#5fb0cc", "#3f8fb4"))
    c.rect(429, 1106, 1071, 18, "#ffffff")
    # wave mural above
    for k, tone in enumerate(("#a8dcea", "#7fc8e0", "#5fb4d6")):
        y = 330 + k * 70
        c.path("M429 %dC640 %d 780 %d 960 %dS1300 %d 1500 %dV%dC1300 %d 1160 "
               "%d 960 %dS640 %d 429 %dZ" % (
                   y, y - 90, y + 90, y, y - 90, y + 20, y + 70, y - 30,
                   y + 140, y + 60, y - 30, y + 60), tone, op=.75)
    for x, y, s in ((620, 210, 46), (770, 160, 30), (1330, 200, 40),
                    (500, 260, 24)):
        c.path("M%d %dq%d %d 0 %dq%d %d 0 %dz" % (
            x, y - s * 1.4, s * 1.7, s * 2, s * 2.4, -s * 1.7, -s * .4,
            -s * 2.4), c.lin("#8fd8f0", "#3fa0d0"))
    planks_tiles(c)
    # dispenser
    c.shadow(1080, 1620, 340, 40, .4)
    c.rect(820, 560, 520, 1050, c.lin("#ffffff", "#e3eef2", "#b9d0da", x2=1,
                                      y2=0), r=44)
    c.rect(850, 600, 460, 250, c.lin("#1f4a72", "#163a5c"), r=28)
    c.circle(960, 722, 78, "none", stroke="#2f6a96", sw=18)
    c.path("M960 644A78 78 0 1 1 886 746", "none", stroke="#4fd1e5", sw=18,
           stroke_linecap="round")
    c.path("M960 682q34 46 0 72q-34-26 0-72z", "#bff0fa")
    for k, (w, tone) in enumerate(((170, "#ffffff"), (130, "#4fd1e5"),
                                   (150, "#f2765f"))):
        c.rect(1080, 660 + k * 46, w, 20, tone, r=10)
    c.rect(860, 900, 440, 420, c.lin("#a8c4d0", "#dbe9ee"), r=30)
    for k, tone in ((970, "#f2765f"), (1190, "#4fb0e0")):
        c.rect(k - 44, 880, 88, 56, "#5f7a8a", r=14)
        c.rect(k - 14, 930, 28, 44, "#3f5564", r=8)
        c.circle(k, 908, 15, tone)
    c.rect(870, 1280, 420, 34, "#8fa8b4", r=8)
    for k in range(9):
        c.rect(890 + k * 44, 1286, 24, 20, "#5f7a8a", r=5)
    c.rect(870, 1380, 420, 180, "none", stroke="#b4cad4", sw=6, r=20)
    for k in range(4):
        c.rect(1010, 1420 + k * 30, 140, 10, "#b4cad4", r=5)
    c.path("M1182 974h16v230h-16z", c.lin(("#dff6fc", .95), ("#7fd0ee", .9)))
    c.rect(1148, 1150, 84, 134, c.lin(("#dff4fa", .8), ("#8fd4ea", .9)),
           r=18)
    c.rect(1156, 1200, 68, 78, "#5fc0e6", op=.75, r=12)
    c.rect(1162, 1120, 56, 34, "#f2765f", r=8)
    c.glow(1080, 720, 330, "#8fe0f5", .35)
    # students
    c.shadow(640, 1800, 210, 30, .4)
    j = person(c, 610, 1800, 980, "carry", 1, hair="ponytail", top="#f2765f",
               bottom="#2f5f86", turn=.6, sleeve="short", skin="#f6d3b8",
               an=(44, 86), af=(30, 80))
    bottle(c, j["an"][0] + 20, j["an"][1] + 40, 62, "#ffd166")
    c.shadow(270, 1870, 200, 28, .4)
    j = person(c, 250, 1870, 960, "stand", 1, hair="short", top="#ffffff",
               bottom="#3a4a68", turn=.6, skin="#e0a97f", glasses=True,
               hood=True, bag="#4f94c0", an=(14, 40))
    bottle(c, j["an"][0] + 8, j["an"][1] + 70, 60, "#4fc4a6")
    plant(c, 1400, 1780, 520, "monstera", "#ffffff", "#4fa37f")
    c.beam([(90, 240), (340, 240), (1300, 2000), (500, 2000)], "#fff4cf", .42,
           34)
    c.specks(30, (200, 300, 1000, 1300), (2, 5), "#ffffff", (.3, .9))
    c.vignette("#1f4f6a", .3)
    c.grain()


def planks_tiles(c):
    """Reflective tiled floor."""
    c.rect(0, 1555, c.w, 445, c.lin("#b9d9e2", "#dfeef0"))
    for i in range(13):
        c.line([(900 + (i - 6) * 190, 1558), (900 + (i - 6) * 340, 2000)],
               "#ffffff", 5, op=.7)
    for y in (1610, 1690, 1810, 1960):
        c.rect(0, y, c.w, 5, "#ffffff", op=.7)
    c.rect(0, 1545, c.w, 18, "#2f7a9f")
    c.rect(830, 1600, 500, 300, c.lin(("#ffffff", .6), ("#ffffff", 0)))


def bottle(c, x, y, w, tone):
    """Water bottle, base centre at (x, y)."""
    c.rect(x - w / 2, y - w * 2.2, w, w * 2.2, c.lin(
        light(tone, .3), tone, dark(tone, .15), x2=1, y2=0), r=w * .25)
    c.rect(x - w * .34, y - w * 2.65, w * .68, w * .5, "#35506f", r=w * .12)
    c.rect(x - w * .3, y - w * 1.9, w * .12, w * 1.3, "#ffffff", op=.5,
           r=w * .06)


@scene(RENEW, "03 楼顶的太阳能热水", "16:9")
def solar_roof(c):
    """Solar heaters on the roof at night, warm windows below."""
    c.backdrop("#0f2450", "#1f4a80", "#4f86a8", "#a8b8b0")
    stars(c, 170, c.w, 640)
    moon(c, 1830, 210, 84)
    for i in range(3):
        c.path("M0 %dQ600 %d 1200 %dT2400 %d" % (
            300 + i * 60, 240 + i * 50, 330 + i * 44, 270 + i * 60), "none",
            stroke="#7fb0d6", sw=40, op=.07)
    skyline(c, 850, 320, "#2a4f80", 18)
    c.glow(1500, 860, 900, "#ffd9a0", .3, ry=220)
    hills(c, 880, 120, "#22456f", 2)
    # roof deck
    c.rect(0, 790, c.w, 70, "#a8573f")
    brick(c, 0, 795, c.w, 62, ("#b9674c", "#8f4635", "#c9785a"), 56)
    c.rect(0, 770, c.w, 28, "#e9d9c0")
    # heaters in two rows
    with c.mood("#22456f", .3):
        for i in range(8):
            heater(c, 60 + i * 300, 772, 210, 180)
    c.rect(0, 860, c.w, 490, c.lin("#a8523c", "#7d3d34"))
    brick(c, 0, 860, c.w, 490, ("#b9614a", "#8f4838", "#c47254"), 58)
    for i in range(7):
        x = 90 + i * 335
        lit = i in (1, 2, 4, 5)
        if lit:
            c.glow(x + 110, 1080, 330, "#ffbe6a", .5)
        c.rect(x - 18, 940, 256, 300, "#f0e4cb", r=6)
        box = "M%d 958h220v264h-220z" % x
        c.path(box, c.lin("#fff0c2", "#ffc76e") if lit
               else c.lin("#2f5a86", "#4f86a8"))
        with c.group(clip=box):
            if i == 1:
                shower_steam(c, x + 110, 1230)
            elif i == 2:
                person(c, x + 110, 1290, 330, "sitwrite", 1, hair="bob",
                       seat=True, top="#f2765f", turn=.6)
                desk_lamp(c, x + 180, 1222, 90, "#2f7fae", -1)
            elif i == 4:
                person(c, x + 80, 1330, 360, "wave", 1, hair="short",
                       top="#4f94c0", turn=.5)
                plant(c, x + 185, 1226, 110, "fern", "#ffffff")
            elif i == 5:
                garment(c, x + 60, 975, 110, "towel", "#7fc4d6")
                garment(c, x + 150, 975, 110, "shirt", "#ffffff")
                person(c, x + 120, 1360, 340, "cross", -1, hair="ponytail",
                       top="#ffd166", turn=.5)
        c.rect(x + 105, 958, 10, 264, "#f0e4cb")
        c.rect(x, 1040, 220, 8, "#f0e4cb")
        c.rect(x - 34, 1240, 288, 24, "#f0e4cb", r=4)
        if i % 2:
            for k in range(9):
                leaf(c, x + 10 + k * 24, 1246, 60, c.rng.uniform(-40, 40),
                     "#4f9a6f", .4, vein=False)
            c.rect(x - 4, 1230, 228, 34, "#8f5a48", r=5)
    # front row of big heaters on the deck with a technician
    for i in range(3):
        x = 1090 + i * 430
        heater(c, x, 780, 330, 330, "#2f5a96", "#eef3f4")
        c.glow(x + 160, 500, 240, "#bfe6ff", .25)
        c.line([(x - 20, 480), (x + 350, 480)], "#ffffff", 6, op=.5)
        steam_plume(c, x + 350, 440, 120, 2)
    c.line([(1040, 700), (1040, 760), (2400, 760)], "#d9573f", 12)
    c.line([(1010, 690), (1010, 776), (2400, 776)], "#4fb0e0", 12)
    c.circle(1040, 690, 34, "#f6fafb")
    c.circle(1040, 690, 34, "none", stroke="#35506f", sw=8)
    c.line([(1040, 690), (1056, 672)], "#f2765f", 7)
    person(c, 900, 786, 470, "point", 1, hair="short", top="#f4f7f8",
           vest="#2f7fc0", stripe="#ffe6a0", bottom="#2b3f5c", turn=.6,
           extra="helmet", skin="#e0a97f", an=(72, 84))
    j = person(c, 700, 786, 450, "phone", 1, hair="bob", top="#f2765f",
               bottom="#2b3f5c", turn=.6, skin="#f6d3b8")
    phone(c, j["an"][0] + 6, j["an"][1] - 22, 38, "#d8f6f2", tilt=10)
    c.glow(j["an"][0] + 6, j["an"][1] - 22, 90, "#bff3ea", .7)
    for x in (560, 2350):
        c.rect(x, 560, 10, 226, "#24365a")
        c.glow(x + 5, 556, 220, "#ffd88a", .8)
        c.circle(x + 5, 556, 17, "#fff0c8")
    c.rect(0, 0, c.w, c.h, c.lin(("#0b1c3a", .45), ("#0b1c3a", 0, .5),
                                 ("#0b1c3a", 0, 1), x1=0, y1=1, x2=.55,
                                 y2=.3), blend="multiply")
    c.vignette("#081430", .45)
    c.grain()


def shower_steam(c, x, y):
    """Warm steam and a towel rail behind a lit window."""
    garment(c, x - 50, y - 250, 120, "towel", "#7fc4d6")
    for k in range(5):
        c.circle(x + 40 + c.rng.uniform(-50, 50), y - 40 - k * 44,
                 46 - k * 4, "#ffffff", op=.4, filt=c.blur(10))
    steam_plume(c, x + 40, y - 30, 190, 3)
