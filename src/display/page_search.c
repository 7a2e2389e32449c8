#include "display/pages.h"

void page_build_search(struct sheet *sheet, const struct page_source *source) {
    (void)source;
    sheet_add_heading(sheet, sheet_area(sheet), place_key(sheet->page.place.kind), "");
    sheet_add_bar(sheet);
}
