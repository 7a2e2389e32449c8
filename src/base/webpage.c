#include "base/webpage.h"

/* For the screen of a PC and for A4. */
static const char common_style[] =
    ":root{--ink:#1a2027;--dim:#5a6570;--line:#d5dade;--soft:#f4f6f7;--error:#b3261e}\n"
    "*{box-sizing:border-box}\n"
    "html{background:#e9ecee}\n"
    "body{margin:0 auto;max-width:1040px;padding:40px 48px "
    "56px;background:#fff;color:var(--ink);font:15px/1.6 'Noto Sans SC','Source Han Sans SC','Noto "
    "Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;font-variant-numeric:tabular-nums}\n"
    ".en{color:var(--dim);font-weight:400;font-size:.8em}\n"
    "header{border-bottom:3px solid var(--ink);padding-bottom:14px;margin-bottom:22px}\n"
    "h1{font-size:32px;line-height:1.25;margin:0}\n"
    "h1 .en{font-size:.5em;margin-left:.5em}\n"
    "header p{margin:6px 0 0}\n"
    ".place{font-size:17px}\n"
    "h2{font-size:19px;line-height:1.35;margin:34px 0 10px;break-after:avoid}\n"
    ".note{margin:4px 0 0;font-size:12.5px;color:var(--dim)}\n"
    "table{width:100%;border-collapse:collapse;font-size:14px}\n"
    "th,td{text-align:left;vertical-align:top;padding:6px 8px;border-bottom:1px solid "
    "var(--line)}\n"
    "th{vertical-align:bottom;font-weight:600;border-bottom:1.5px solid "
    "var(--ink);line-height:1.3}\n"
    "th .en{display:block}\n"
    "tr{break-inside:avoid}\n"
    ".n{text-align:right;white-space:nowrap}\n"
    "th.n{white-space:normal}\n"
    "small{color:var(--dim)}\n"
    "footer{margin-top:36px;padding-top:10px;border-top:1px solid "
    "var(--line);font-size:12.5px;color:var(--dim)}\n"
    "footer p{margin:0 0 3px}\n"
    "@media screen and (max-width:760px){body{padding:24px 18px}}\n"
    "@page{size:A4;margin:14mm 13mm}\n"
    "@media print{\n"
    "html{background:none}\n"
    "body{max-width:none;padding:0;font-size:10pt;line-height:1.45;-webkit-print-color-adjust:"
    "exact;print-color-adjust:exact}\n"
    "h1{font-size:20pt}\n"
    "h2{font-size:13pt;margin:14pt 0 4pt}\n"
    "header{padding-bottom:6pt;margin-bottom:10pt}\n"
    "header p{margin:2pt 0 0}\n"
    "section{break-inside:avoid}\n"
    ".note{margin:0;font-size:8.5pt}\n"
    "table{font-size:9pt}\n"
    "footer{margin-top:20pt;font-size:8pt}\n"
    "}\n";

void webpage_begin(FILE *to, const char *title, const char *style, bool pictures) {
    fprintf(to,
            "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
            "'unsafe-inline'%s\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<title>%s</title>\n<style>\n",
            pictures ? "; img-src data:" : "", title);
    fputs(common_style, to);
    fputs(style, to);
    fputs("</style></head><body>\n", to);
}

void webpage_end(FILE *to) {
    fputs("</body></html>\n", to);
}
