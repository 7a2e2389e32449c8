/* words.h: all that the touched screens say, in Chinese and English; one table */
#pragma once

#include "display/place.h"

/* clang-format off */
#define WORDS                                                                                      \
    /* the bar, on every screen */                                                                 \
    W(BACK, "返回", "Back")                                                                        \
    W(HOME, "首页", "Home")                                                                        \
    W(SEARCH, "搜索", "Search")                                                                    \
    W(SIZE, "字号", "Text size")                                                                   \
    W(CONTRAST, "高对比", "Contrast")                                                              \
    W(REACH, "低位", "Reach")                                                                      \
    W(LANGUAGE, "EN", "中文")                                                                      \
    /* units */                                                                                    \
    W(PARTY, "党建引领", "Party building leads the way")                                           \
    W(EDUCATION, "三全育人", "Educating the whole person")                                         \
    W(SAFETY, "平安社区", "A safe community")                                                      \
    W(SERVICE, "智慧服务", "Smart services")                                                       \
    /* notices, by level */                                                                        \
    W(NOTICE, "通知", "Notice")                                                                    \
    W(URGENT_NOTICE, "紧急通知", "Urgent notice")                                                  \
    W(NOTICES, "通知", "Notices")                                                                  \
    W(ALL_NOTICES, "全部通知", "All notices")                                                      \
    W(A_NOTICE, "则通知", "notice")                                                                \
    W(MANY_NOTICES, "则通知", "notices")                                                           \
    W(NO_NOTICES, "现在没有通知", "No notices now")                                                \
    /* lists */                                                                                    \
    W(SCHOOLS, "全部学校", "All schools")                                                          \
    W(ALL_PHASES, "全部阶段", "All stages")                                                        \
    W(ALL_YEARS, "全部年份", "All years")                                                          \
    W(SELF, "自主展示", "Own choice")                                                              \
    W(RECOMMENDED, "推荐", "Recommended")                                                          \
    W(FEATURED, "集中展示", "Featured")                                                            \
    W(FEATURED_FIRST, "集中展示在前", "Featured first")                                            \
    W(NEWEST_FIRST, "最新在前", "Newest first")                                                    \
    W(CASES, "个案例", "cases")                                                                    \
    W(CASE, "个案例", "case")                                                                      \
    W(NOTHING, "这里还没有案例", "No cases here yet")                                              \
    /* a case */                                                                                   \
    W(PREVIOUS, "上一个", "Previous")                                                              \
    W(NEXT, "下一个", "Next")                                                                      \
    W(SCAN, "扫码看全文", "Scan to read")                                                          \
    W(TAKE, "用手机扫一扫，把这个案例带走", "Take this case with you on your phone")               \
    W(UNTIL, "展示至", "On show until")                                                            \
    W(RELATED, "相关案例", "Related cases")                                                        \
    W(OF_SCHOOL, "该校全部案例", "All of this school")                                             \
    W(OF_UNIT, "本单元全部案例", "All of this unit")                                               \
    W(GONE, "这个案例已不再展示", "This case is no longer on show")                                \
    W(GONE_WHY, "它可能刚刚更新或撤下了，请从首页看看其他案例。",                                  \
      "It may just have been updated or taken down. Start again from home for others.")            \
    /* a picture */                                                                                \
    W(CLOSE, "关闭", "Close")                                                                      \
    W(PREVIOUS_PICTURE, "上一张", "Previous")                                                      \
    W(NEXT_PICTURE, "下一张", "Next")                                                              \
    /* a video */                                                                                  \
    W(PLAY, "播放", "Play")                                                                        \
    W(PAUSE, "暂停", "Pause")                                                                      \
    W(REPLAY, "重播", "Replay")                                                                    \
    W(MUTE, "静音", "Mute")                                                                        \
    W(UNMUTE, "开声音", "Unmute")                                                                  \
    W(NO_VIDEO, "这个视频暂时无法播放", "This video cannot be played at the moment")               \
    /* idle */                                                                                     \
    W(STILL_HERE, "还在看吗？点一下继续", "Still there? Touch to go on")                           \
    W(JUST_NOW, "刚才的", "The one before")                                                        \
    /* about */                                                                                    \
    W(ABOUT, "关于", "About")                                                                      \
    /* home */                                                                                     \
    W(TITLE, "学生社区风采", "Life in our student communities")                                    \
    W(FROM, "，来自", " from ")                                                                    \
    W(A_SCHOOL, "所学校", "school")                                                                \
    W(MANY_SCHOOLS, "所学校", "schools")                                                           \
    W(NO_CASES, "案例库还是空的", "The library is still empty")                                    \
    /* the stages of the campaign, and the rest of about */                                        \
    W(CAMPAIGN, "风采展示，一年一轮", "The campaign, once a year")                                 \
    W(SELF_MONTHS, "5月—8月", "May to August")                                                     \
    W(RECOMMENDED_MONTHS, "9月", "September")                                                      \
    W(FEATURED_MONTHS, "10月", "October")                                                          \
    W(LIBRARY_MONTHS, "全年", "All year")                                                          \
    W(LIBRARY, "案例库", "Case library")                                                           \
    W(SELF_MEANS,                                                                                  \
      "各校自己选择案例，随时发布，展示身边的好做法。",                                            \
      "Schools publish cases of their own choice, whenever they like.")                            \
    W(RECOMMENDED_MEANS,                                                                           \
      "每校推荐至多四个案例，每个单元至多一个。",                                                  \
      "Each school recommends at most four cases, and at most one of a unit.")                     \
    W(FEATURED_MEANS,                                                                              \
      "从推荐中选出一批案例，在各校的屏幕上集中展示。",                                            \
      "A selection of them is shown on the screens of all schools.")                               \
    W(LIBRARY_MEANS,                                                                               \
      "入选的案例留在案例库里，全年都可以查看和搜索。",                                            \
      "What was selected stays in the library, to be read and searched all year.")                 \
    W(NOW, "现在", "Now")                                                                          \
    W(THIS_SCREEN, "这块屏幕", "This screen")                                                      \
    W(BUILDING, "所在楼宇", "Building")                                                            \
    W(SITE_SCHOOL, "所在学校", "School")                                                           \
    W(CONTACT, "联系人", "Contact")                                                                \
    W(HELD, "案例库", "Library")                                                                   \
    W(VERSION, "软件版本", "Software")                                                             \
    W(TAKE_PART, "怎样参加", "How to take part")                                                   \
    W(TAKE_PART_HOW,                                                                               \
      "写下你们的故事：标题、摘要和正文，再选几张照片，交给这栋楼的联系人或学校的学生工作部"       \
      "门。审核通过后，它就会出现在这里。",                                                        \
      "Write your story down: a title, a summary, the text and some photographs. Hand it "         \
      "to the contact of this building or to your school’s office of student affairs. Once "       \
      "it is approved, it appears here.")                                                          \
    W(PRIVACY, "你的隐私", "Your privacy")                                                         \
    W(PRIVACY_MEANS,                                                                               \
      "这块屏幕不记录是谁在看，也不保存输入的内容，只统计每个案例每小时被看了几次。",              \
      "This screen records neither who reads nor what is typed. It only counts how often "         \
      "each case is seen in an hour.")                                                             \
    /* search */                                                                                   \
    W(SEARCH_FIELD, "学校、标题或内容", "School, title or text")                                   \
    W(SEARCH_HOW, "可以打首字母、全拼或汉字", "Type first letters, pinyin or characters")          \
    W(SEARCH_INITIALS, "首字母", "First letters")                                                  \
    W(SEARCH_PINYIN, "全拼", "Pinyin")                                                             \
    W(SEARCH_HAN, "汉字", "Characters")                                                            \
    W(SEARCH_NEWEST, "最新案例", "Newest cases")                                                   \
    W(SEARCH_ONE, "个案例", "case")                                                                \
    W(SEARCH_NONE, "没有找到", "Nothing found")                                                    \
    W(SEARCH_ADVICE, "少打几个字母，或者换一个词；也可以按学校找",                                 \
      "Try fewer letters or another word, or look by school")                                      \
    W(SEARCH_MORE, "多打几个字母，可以看到其余的案例", "Type more letters to see the others")      \
    W(SEARCH_LATER, "资料正在更新", "Being updated")                                               \
    W(SEARCH_AGAIN, "请过一会儿再试", "Please try again in a moment")                              \
    W(SEARCH_CLEAR, "清空", "Clear")                                                               \
    W(SEARCH_ERASE, "退一格", "Erase one")                                                         \
    W(SPACE, "空格", "Space")                                                                        \
    /* the administrator's desk */                                                                 \
    W(DESK, "管理", "Administration")                                                                \
    W(PIN_ASK, "请输入 PIN", "Type your PIN")                                                         \
    W(PIN_TRYING, "正在核对……", "Checking…")                                                           \
    W(PIN_WRONG, "PIN 不对，请再试一次", "This is not a PIN; try again")                                   \
    W(PIN_WAIT, "秒后才能再试", "seconds until you may try again")                                       \
    W(PIN_UNKNOWN, "现在无法核对，请稍后再试", "It cannot be checked now; try again later")                    \
    /* the first set-up, and what hangs there */                                                   \
    W(SETUP, "首次设置", "First set-up")                                                           \
    W(CODE_ASK, "请输入安装时打印的 8 位代码", "Type the 8 digits that the installation printed")  \
    W(CODE_WRONG, "代码不对，请再试一次", "This is not the code; try again")                       \
    W(CODE_NONE, "还没有 PIN，也没有代码：请在本机运行 fengcai pin code",                          \
      "No PIN and no code yet: run “fengcai pin code” on it")                                      \
    W(SKIP, "跳过", "Skip")                                                                        \
    W(NEXT_STEP, "下一步", "Next step")                                                            \
    W(WHOSE_SCREEN, "所在学校", "Whose screen it is")                                              \
    W(WHOSE_SCREEN_ASK, "选择学校，或用键盘输入全称", "Choose the school, or type its full name")  \
    W(WHOSE_SCREEN_NONE, "案例库里还没有学校，可以以后再选",                                       \
      "The library has no schools yet: choose one later")                                          \
    W(USE_TYPED, "就用这个名称", "Take this name")                                                 \
    W(OWN_BUILDING, "楼宇名称", "Name of the building")                                            \
    W(OWN_BUILDING_ASK, "例如 3号楼，显示在时钟旁边",                                              \
      "As “Building 3”; it stands beside the clock")                                               \
    W(TURN, "画面方向", "Direction")                                                               \
    W(TURN_WHY, "横放、竖放", "Wide or tall")                                                      \
    W(TURN_ASK, "哪个箭头指向上方，就点哪一个", "Touch the arrow that points upwards")             \
    W(IS_WIDE, "横屏", "wide")                                                                     \
    W(IS_TALL, "竖屏", "tall")                                                                     \
    W(KEEP_ASK, "画面现在是正的吗？", "Does the picture stand upright?")                           \
    W(KEEP_LEFT, "秒后自动转回去", "seconds until it turns back")                                  \
    W(KEEP, "是，保留", "Yes, keep it")                                                            \
    W(TURN_BACK, "不，转回去", "No, turn it back")                                                 \
    W(CLOCK, "日期与时间", "Date and time")                                                        \
    W(CLOCK_NOW, "现在是", "It is now")                                                            \
    W(CLOCK_CONFIRMED, "已确认", "confirmed")                                                      \
    W(CLOCK_UNCONFIRMED, "还没有确认", "not confirmed")                                            \
    W(CLOCK_ASK, "时间正确就按“确定”；不对就输入年月日和时刻共 12 位",                             \
      "If this is right press Enter; else type year, month, day and time, 12 digits")              \
    W(CLOCK_BAD, "没有这样的日期或时刻", "There is no such date or time")                          \
    W(CLOCK_EARLY, "比这个软件还早，确实这样设置吗？", "Older than this software: are you sure?")  \
    W(CLOCK_AGAIN, "再按一次“确定”，就设为这个时间", "Press Enter once more to set it so")         \
    W(CLOCK_AHEAD, "比上次确认的时间晚了 400 多天，确实这样设置吗？",                              \
      "More than 400 days after the last confirmed time: are you sure?")                           \
    W(NEW_PIN, "设置 PIN", "A PIN")                                                                \
    W(NEW_PIN_WHOSE, "这个 PIN 给谁用？", "Whose PIN is it?")                                      \
    W(NEW_PIN_FIRST, "请输入 4 到 12 位数字", "Type 4 to 12 digits")                               \
    W(NEW_PIN_AGAIN, "请再输入一次", "Type them once more")                                        \
    W(NEW_PIN_SAVING, "正在保存……", "Saving…")                                                     \
    W(NEW_PIN_DIFFERENT, "两次不一样，请重新输入", "The two differ: type it anew")                 \
    W(MANAGER, "管理员", "Manager")                                                                \
    W(TEACHER, "值班老师", "Teacher on duty")                                                      \
    W(COUNSELLOR, "辅导员", "Counsellor")                                                          \
    W(WARDEN, "宿管员", "Warden")                                                                  \
    W(ASSISTANT, "学生助理", "Student assistant")                                                  \
    W(FINISHED, "设置完成", "All is set")                                                          \
    W(FINISHED_HOW, "以后插上U盘，按住右上角的时钟三秒，输入 PIN，就可以导入案例。",               \
      "From now on plug in a stick, hold the clock in the corner for three seconds and type the PIN.") \
    W(FINISHED_NO_PIN, "还没有 PIN。以后要设置，请在本机运行 fengcai pin code，再按住时钟三秒。",  \
      "There is no PIN yet. To set one later run “fengcai pin code” on this machine, then hold the clock.") \
    W(START, "开始展示", "Start showing")                                                          \
    W(SCREEN, "屏幕与时钟", "Screen and clock")                                                    \
    W(SCREEN_WHY, "方向、亮度、时间", "Direction, light, time")                                    \
    W(TEST, "测试画面", "Test pictures")                                                           \
    W(TEST_WHY, "点一下换下一张", "Touch for the next")                                            \
    W(RESTART, "重新启动画面", "Restart the display")                                              \
    W(RESTART_WHY, "大约一秒", "About a second")                                                   \
    W(BRIGHTNESS, "亮度", "Brightness")                                                            \
    W(VOLUME, "音量", "Volume")                                                                    \
    W(VOLUME_NONE, "没有设置调音量的程序：fengcai.conf 的 volume_command",                         \
      "No program for it is set: volume_command in fengcai.conf")                                  \
    W(BRIGHTNESS_NONE, "没有设置调亮度的程序：fengcai.conf 的 brightness_command",                 \
      "No program for it is set: brightness_command in fengcai.conf")                              \
    W(ENTER, "确定", "Enter")                                                                        \
    W(STICK, "U盘", "USB stick")                                                                    \
    W(NO_STICK, "没有插入U盘", "None is plugged in")                                                    \
    W(A_STICK, "发现U盘", "One is plugged in")                                                        \
    W(SHELF, "案例库管理", "Cases")                                                                     \
    W(SHELF_ALL, "全部", "All")                                                                     \
    W(SHELF_FIRST, "置顶", "Put first")                                                              \
    W(SHELF_DOWN, "已撤下", "Taken down")                                                             \
    W(SHELF_MORE, "其余的案例请用搜索", "Search for the others")                                            \
    W(NONE_FIRST, "没有置顶的案例", "No case is put first")                                               \
    W(NONE_DOWN, "没有撤下的案例", "Nothing is taken down")                                              \
    W(IS_FIRST, "已置顶", "Comes first")                                                              \
    W(NOT_YET, "还没到展示日期", "Not on show yet")                                                      \
    W(IS_OVER, "已过展示日期", "On show no more")                                                       \
    W(IS_HIDDEN, "暂不展示", "Hidden")                                                                \
    W(IS_REMOVED, "已删除", "Deleted")                                                               \
    W(IS_WITHDRAWN, "发布者已撤下", "Withdrawn by its publisher")                                        \
    W(ALLOW, "重新展示", "Show again")                                                                \
    W(FEATURE, "置顶", "Put first")                                                                 \
    W(UNFEATURE, "取消置顶", "Not first any more")                                                    \
    W(DELETE, "删除", "Delete")                                                                     \
    W(SEE_IT, "查看", "See it")                                                                     \
    W(ON_SHOW, "展示日期", "On show")                                                                 \
    W(ALWAYS, "长期", "without end")                                                                \
    W(CAME, "来源", "Came from")                                                                     \
    W(CAME_BEFORE, "没有记录", "not recorded")                                                         \
    W(LAST_30_DAYS, "近30天", "Last 30 days")                                                       \
    W(LAST_7_DAYS, "近7天", "Last 7 days")                                                          \
    W(TODAY, "今天", "Today")                                                                       \
    W(YESTERDAY, "昨天", "Yesterday")                                                               \
    W(SHOWN_TIMES, "展示", "shown")                                                               \
    W(TOUCHED_TIMES, "触摸", "touched")                                                           \
    W(SCREEN_ON, "开着", "on for")                                                      \
    W(SHOWN_AND_TOUCHED, "展示与触摸", "Shown and touched")                                           \
    W(TOP_CASES, "近30天最受关注", "Most looked at in 30 days")                                         \
    W(NO_FIGURES, "还没有统计", "No figures yet")                                                      \
    W(RUNS_SINCE, "本机已运行", "Running for")                                                         \
    W(DAYS, "天", "days")                                                                          \
    W(HOURS, "小时", "hours")                                                                       \
    W(DISK_FREE, "磁盘可用", "Disk free")                                                             \
    W(LIBRARY_TAKES, "图片占用", "Pictures take")                                                     \
    W(GENERATION, "内容版本", "Generation")                                                          \
    W(BUILT, "软件日期", "Built")                                                                     \
    W(KEEPER, "后台", "Keeper")                                                                     \
    W(KEEPER_GOOD, "正常", "fine")                                                                  \
    W(KEEPER_DAMAGED, "案例库有损坏，请运行 fengcai doctor", "the library is damaged: run “fengcai doctor”") \
    W(KEEPER_GONE, "没有运行", "does not run")                                                        \
    W(FIGURES, "统计与版本", "Figures and version")                                                    \
    W(FIGURES_WHY, "展示次数、磁盘、软件", "Shown, touched, disk, software")                               \
    W(IMPORTS, "导入记录", "What came in")                                                            \
    W(IMPORTS_WHY, "何时、从哪里、收了什么", "When, from where, and what")                                  \
    W(NO_IMPORTS, "还没有记录", "Nothing yet")                                                         \
    W(SOURCES, "网络与来源", "Network and sources")                                                    \
    W(SOURCES_WHY, "从网上更新", "Updates from the network")                                           \
    W(NO_SOURCES, "没有设置内容来源", "No source is configured")                                           \
    W(NO_SOURCES_HOW, "请在 fengcai.conf 里加一段 [source 名字]，写明 url 和 key", "Add a [source NAME] with url and key to fengcai.conf") \
    W(NETWORK, "网络", "Network")                                                                   \
    W(NETWORK_UP, "已连接", "connected")                                                             \
    W(NETWORK_DOWN, "没有连接：请检查网线或无线网", "not connected: look at the cable or the wireless network") \
    W(IS_SIGNED, "已签名", "signed")                                                                 \
    W(IS_UNSIGNED, "未签名", "unsigned")                                                             \
    W(LAST_POLL, "最近查看", "Last looked at")                                                        \
    W(LAST_GOOD, "最近成功", "Last good")                                                             \
    W(NEXT_POLL, "下次查看", "Next")                                                                  \
    W(NEVER, "从未", "never")                                                                       \
    W(GROUP_CASES, "案例与U盘", "Cases and sticks")                                                   \
    W(GROUP_RECORDS, "来源与记录", "Sources and records")                                               \
    W(DID_IMPORT, "导入", "Import")                                                                  \
    W(DID_SYNC, "网上更新", "From the network")                                                       \
    W(DID_POLL, "立即更新", "Update asked for")                                                        \
    W(DID_REMOVE, "删除案例", "Deleted")                                                              \
    W(DID_HIDE, "暂不展示", "Hidden")                                                                \
    W(DID_ALLOW, "重新展示", "Shown again")                                                           \
    W(DID_FEATURE, "置顶", "Put first")                                                             \
    W(DID_UNFEATURE, "取消置顶", "Not first any more")                                                \
    W(DID_APPROVE, "审核通过", "Passed review")                                                        \
    W(DID_DECLINE, "审核不通过", "Turned down")                                                        \
    W(DID_ROLLBACK, "回到上一次", "Went back")                                                         \
    W(ADDED, "新增", "new")                                                                         \
    W(CHANGED, "更新", "changed")                                                                   \
    W(REMOVED, "移除", "removed")                                                                   \
    W(REFUSED, "未收", "not taken")                                                                 \
    W(WAITING, "待审", "waiting for review")                                                          \
    W(TOUCH_FOR_WHY, "点开看原因", "touch to see why")                                                 \
    W(BY_COMMAND, "在本机操作", "on the machine itself")                                                \
    W(BY_ITSELF, "自动", "by itself")                                                               \
    W(SYNC, "立即更新", "Update now")                                                                  \
    W(SYNC_WHY, "从网上取回新内容", "Take in what is published")                                           \
    W(ROLLBACK, "回到上一次", "Go back")                                                                \
    W(ROLLBACK_WHY, "撤销最近一次更新", "Undo the last change")                                            \
    W(BLACK, "停止展示", "Stop showing")                                                               \
    W(BLACK_WHY, "屏幕上不再显示任何案例", "No case is shown any more")                                       \
    W(LIFT, "恢复展示", "Show again")                                                                  \
    W(LIFT_WHY, "现在已停止展示", "Nothing is shown now")                                                 \
    W(LEAVE, "退出管理", "Leave")                                                                      \
    W(LEAVE_WHY, "回到轮播", "Back to the slideshow")                                                  \
    W(SURE, "确定要这样做吗？", "Are you sure?")                                                           \
    W(REVIEW, "待审", "To be reviewed")                                                            \
    W(PREVIEW, "预览", "Preview")                                                                  \
    W(ENTERED_BY, "录入：", "Entered by ")                                                         \
    W(BROUGHT_FROM, "来源：", "From ")                                                         \
    W(APPROVE, "通过，开始展示", "Approve and show")                                                \
    W(APPROVE_ALL, "全部通过", "Approve all")                                                      \
    W(DECLINE, "退回，不展示", "Decline")                                                          \
    W(NOTHING_WAITS, "没有待审的案例", "Nothing waits for a review")                               \
    W(HIDE, "暂不展示", "Hide")                                                                     \
    W(WORKING, "正在处理", "Working")                                                                  \
    W(NO_KEEPER, "后台没有运行，启动后会处理", "The keeper does not run; it will see to it")                    \
    W(LOOK, "查看内容", "Look")                                               \
    W(TAKE_ALL, "导入", "Take in")                                                                   \
    W(EJECT, "弹出U盘", "Eject")                                                                      \
    W(REPORT, "导入报告", "Report")                                                                \
    W(TEMPLATE, "制作模板U盘", "Template stick")                                                   \
    W(TEMPLATE_WHY, "写入填写说明和例子", "Writes an example onto it")                              \
    W(LOOK_AGAIN, "再看一次", "Look again")                                                       \
    W(LOOKING, "正在查看U盘上的内容……", "Looking at what is on it…")                           \
    W(STICKS, "插着多个U盘，请选择一个：", "Several are plugged in, choose one:")                \
    W(NOTHING_ON_IT, "没有找到可以导入的案例", "There is no case to take in")                     \
    W(NOT_WHOLE, "内容太多，没有全部查看", "Too much to look at all of it")                       \
    W(CANCEL, "取消", "Cancel")                                                                   \
    W(TIME_LEFT, "剩余约", "about")                                                               \
    W(MINUTES_LEFT, "分钟", "min left")                                                           \
    W(UNDER_A_MINUTE, "剩余不到1分钟", "less than a minute left")                                \
    W(LEFT_OUT, "没有导入的内容", "What was not taken")                                           \
    W(MODE_ADD, "新增到本机", "Add")                                                              \
    W(MODE_ADD_WHY, "本机已有的都保留", "What is here stays")                                     \
    W(MODE_REPLACE, "替换本机内容", "Replace")                                                    \
    W(LOCAL_GO, "本机其他案例将移除", "Other local cases go")                                     \
    W(A_LOCAL_GOES, "个本机案例将移除", "local case goes")                                        \
    W(LOCALS_GO, "个本机案例将移除", "local cases go")                                            \
    W(TAKE_REPLACING, "导入并替换", "Take in, replace")                                           \
    W(PICK_ALL, "全选", "Choose all")                                                             \
    W(PICK_NONE, "全不选", "Choose none")                                                         \
    W(WHICH_UNIT, "有的案例没有写明单元，属于：", "Some cases name no unit; they belong to:")     \
    W(WHICH_SCHOOL, "有的案例没有写明学校，属于：", "Some cases name no school; they are of:")    \
    W(CHOOSE_SCHOOL, "选择学校", "Choose a school")                                                \
    W(OWN_SCHOOL, "本校", "Our own")                                                              \
    W(OTHER_SCHOOL, "点这里换一所", "Touch to choose another")                                    \
    W(NO_UNIT, "单元未知", "No unit")                                                             \
    W(ABSENT, "缺字，将显示为〓：", "No font has these, shown as 〓: ")                            \
    W(LOW_PICTURE, "张图片分辨率低，放大后会模糊", "picture is small and will look soft")         \
    W(LOW_PICTURES, "张图片分辨率低，放大后会模糊", "pictures are small and will look soft")      \
    W(A_MASKED, "处个人号码已遮盖，点开可逐个放行", "number of a person is masked; open to release")\
    W(MASKED, "处个人号码已遮盖，点开可逐个放行", "numbers of persons are masked; open to release")\
    W(ON_STICK, "U盘上的案例", "A case on the stick")                                            \
    W(NOT_ON_STICK, "U盘上没有这个案例了", "It is not on the stick any more")                    \
    W(IS_PICKED, "将导入", "Will be taken")                                                       \
    W(IS_LEFT, "不导入", "Will be left")                                                          \
    W(NUMBERS, "个人号码", "Numbers of persons")                                                  \
    W(IDENTITY_STAYS, "身份证号始终遮盖。", "Identity numbers are always masked.")                \
    W(RELEASE, "已遮盖，点一下放行", "Masked; touch to show it")                                  \
    W(RELEASED, "将原样显示", "Will be shown")                                                    \
    W(CAPTIONS, "图片说明", "Captions")                                                           \
    W(BEGINS, "正文开头", "How it begins")                                                        \
    W(FIELD_TITLE, "标题", "title")                                                               \
    W(FIELD_SUMMARY, "摘要", "summary")                                                           \
    W(FIELD_BODY, "正文", "text")                                                                 \
    W(FIELD_CAPTION, "图片说明", "caption")                                                       \
    W(FIELD_SCHOOL, "学校", "school")                                                             \
    W(IS_NEW, "新增", "New")                                                                         \
    W(IS_CHANGED, "有更新", "Changed")                                                                \
    W(IS_SAME, "没有变化", "Unchanged")                                                                \
    W(IS_HELD, "已撤下，不再展示", "Taken down before")                                                    \
    W(IS_REFUSED, "不能导入", "Cannot be taken")                                                       \
    W(A_PICTURE, "张图片", "picture")                                                                 \
    W(PICTURES, "张图片", "pictures") \
    W(A_VIDEO, "个视频", "video") \
    W(VIDEOS, "个视频", "videos") \
    /* of sticks, in the loop's corner */ \
    W(CARD_READS, "正在识别U盘", "Reading a USB stick") \
    W(CARD_LOOKS, "正在查看U盘", "Looking at the USB stick") \
    W(CARD_FOUND, "发现U盘", "USB stick found") \
    W(CARD_HOLD, "长按右上角时钟三秒，输入 PIN 导入", "Hold the clock at the top right for three seconds, then type your PIN") \
    W(CARD_HOLD_CORNER, "长按屏幕右上角三秒，输入 PIN 导入", "Hold the top right corner for three seconds, then type your PIN") \
    W(CARD_NO_PIN, "还没有设置 PIN，只导入已签名的内容", "No PIN is set: only signed content is taken in") \
    W(CARD_QUEUED, "即将导入", "To be taken in next") \
    W(CARD_COPIES, "正在复制", "Copying") \
    W(CARD_TAKES, "正在导入", "Taking it in") \
    W(CARD_KEEP_IN, "请勿拔出U盘", "Do not pull it out") \
    W(CARD_WAIT, "请稍候", "One moment, please") \
    W(CARD_TAKEN, "导入完成", "Taken in") \
    W(CARD_ADDED, "新增", "new") \
    W(CARD_CHANGED, "更新", "changed") \
    W(CARD_REMOVED, "撤回", "withdrawn") \
    W(CARD_WAITING, "待审", "to be reviewed") \
    W(CARD_SAME, "内容已是最新", "Nothing new on it") \
    W(CARD_NOTHING, "没有可导入的内容", "Nothing to take in") \
    W(CARD_FAILED, "未能导入", "Could not be taken in") \
    W(CARD_EJECTS, "正在断开U盘", "Disconnecting the USB stick") \
    W(CARD_PULLED, "U盘中途被拔出", "Pulled out too early") \
    W(CARD_PULL, "可以拔出U盘", "You may pull it out") \
    W(CARD_MINUTES, "分钟", "min") \
    W(CARD_SECONDS, "秒", "s") \
    W(CARD_FILES, "个文件", "files")

/* clang-format on */

#define W(name, zh, en) WORD_##name,
enum word { WORDS WORD_COUNT };
#undef W

const char *word_zh(enum word word);
const char *word_en(enum word word);
/* What stands first, and what beside it ("": nothing), in this manner. */
const char *word_main(struct manner manner, enum word word);
const char *word_beside(struct manner manner, enum word word);
/* "12个案例", "1 case"; the caller's. one, many: of the word for them. */
char *word_counted(struct manner manner, size_t count, enum word one, enum word many);
/* "3张图片、1个视频"; the caller's. */
char *word_media(struct manner manner, size_t pictures, size_t videos);
enum word word_unit(enum unit unit);
enum word word_section(enum level level, enum unit unit); /* the unit, or what a notice is */
enum word word_phase(enum phase phase);
