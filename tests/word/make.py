#!/usr/bin/env python3
"""Makes Word files as Word and WPS write them, of a description.

usage: make.py OUT.docx [--wps] < DESCRIPTION

A line of the description is a paragraph; one that begins with
    # text        has the style Title
    ## text       is a heading
    ^ text        is centred
    * text        is an item of a list
    | a | b       is a row of a table; rows that follow each other are one table
    ! FILE        is the picture in FILE; "! FILE l,t,r,b" cut off so much of each side, in per cent
    [] text       is a text box, stored twice as Word does
    - text        was deleted, + text inserted, % text is hidden, all as tracked or marked
--wps: as WPS has it: other prefixes, style ids that are numbers, pictures as VML.
"""
import sys, zipfile
from xml.sax.saxutils import escape

SPACES = {
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""


class Maker:
    def __init__(self, wps):
        self.wps, self.pictures = wps, []
        self.title, self.heading = ("10", "2") if wps else ("Title", "Heading1")

    def run(self, text, properties=""):
        # Word cuts a sentence wherever somebody corrected it
        half = len(text) // 2
        return "".join(f'<w:r>{properties}<w:t xml:space="preserve">{escape(t)}</w:t></w:r>' for t in (text[:half], text[half:]) if t)

    def paragraph(self, inner, properties=""):
        return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{inner}</w:p>"

    def picture(self, words):
        path, crop = words[0], words[1].split(",") if len(words) > 1 else []
        self.pictures.append(path)
        rid = f"rIdP{len(self.pictures)}"
        if self.wps:
            sides = " ".join(f'{n}="{int(float(c) * 655.36)}f"' for n, c in zip(("cropleft", "croptop", "cropright", "cropbottom"), crop))
            inner = f'<w:pict><v:shape id="图片 1" type="#_x0000_t75"><v:imagedata r:id="{rid}" {sides}/></v:shape></w:pict>'
        else:
            sides = " ".join(f'{n}="{int(float(c) * 1000)}"' for n, c in zip("ltrb", crop))
            inner = (f'<w:drawing><wp:inline><wp:docPr id="1" name="图片 1"/><a:graphic><a:graphicData uri="{SPACES["pic"]}"><pic:pic><pic:blipFill>'
                     f'<a:blip r:embed="{rid}"/><a:srcRect {sides}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>')
        return self.paragraph(f"<w:r>{inner}</w:r>")

    def box(self, text):
        content = f"<w:txbxContent>{self.paragraph(self.run(text))}</w:txbxContent>"
        return self.paragraph(
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>' + content +
            "</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>" + content +
            "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>")

    def row(self, line):
        cells = [c.strip() for c in line.strip("|").split("|")]
        return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{self.paragraph(self.run(c))}</w:tc>" for c in cells) + "</w:tr>"

    def block(self, line):
        mark, _, text = line.partition(" ")
        style = {"#": self.title, "##": self.heading}.get(mark)
        if style:
            return self.paragraph(self.run(text), f'<w:pStyle w:val="{style}"/>')
        if mark == "^":
            return self.paragraph(self.run(text), '<w:jc w:val="center"/>')
        if mark == "*":
            return self.paragraph(self.run(text), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        if mark == "!":
            return self.picture(text.split())
        if mark == "[]":
            return self.box(text)
        if mark == "-":
            return self.paragraph(f'<w:del w:id="1" w:author="某人"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>')
        if mark == "+":
            return self.paragraph(f'<w:ins w:id="2" w:author="某人">{self.run(text)}</w:ins>')
        if mark == "%":
            return self.paragraph(self.run(text, "<w:rPr><w:vanish/></w:rPr>"))
        return self.paragraph(self.run(line))

    def body(self, lines):
        out, table = [], []
        for line in lines + [""]:
            if line.startswith("|"):
                table.append(self.row(line))
                continue
            if table:
                out.append("<w:tbl><w:tblPr/>" + "".join(table) + "</w:tbl>")
                table = []
            if line:
                out.append(self.block(line))
        return "".join(out)

    def part(self, root, inner):
        spaces = " ".join(f'xmlns:{k}="{v}"' for k, v in SPACES.items())
        text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} xmlns:w="{WORD}" {spaces} mc:Ignorable="wpsCustomData">{inner}</w:{root}>'
        return text.replace("w:", "ns0:").replace("xmlns:w=", "xmlns:ns0=") if self.wps else text

    def styles(self):
        style = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/></w:style>'
        return self.part("styles", style.format(self.title, "Title") + style.format(self.heading, "heading 1"))

    def numbering(self):
        return self.part("numbering", '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
                         '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')

    def save(self, path, lines):
        body = self.body(lines)
        relation = '<Relationship Id="{}" Type="' + OFFICE + '/{}" Target="{}"/>'
        relations = [relation.format("rId1", "styles", "styles.xml"), relation.format("rId2", "numbering", "numbering.xml")]
        relations += [relation.format(f"rIdP{i}", "image", f"media/image{i}.jpeg") for i in range(1, len(self.pictures) + 1)]
        whole = f'<Relationships xmlns="{PACKAGE}">{{}}</Relationships>'
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("[Content_Types].xml", TYPES)
            file.writestr("_rels/.rels", whole.format(relation.format("rId1", "officeDocument", "word/document.xml")))
            file.writestr("word/document.xml", self.part("document", f"<w:body>{body}<w:sectPr/></w:body>"))
            file.writestr("word/_rels/document.xml.rels", whole.format("".join(relations)))
            file.writestr("word/styles.xml", self.styles())
            file.writestr("word/numbering.xml", self.numbering())
            for i, picture in enumerate(self.pictures, 1):
                file.write(picture, f"word/media/image{i}.jpeg", zipfile.ZIP_STORED)


if __name__ == "__main__":
    Maker("--wps" in sys.argv).save(sys.argv[1], sys.stdin.read().split("\n"))
