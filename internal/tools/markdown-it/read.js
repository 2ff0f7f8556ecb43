// Prints what markdown-it makes of each page that it is given, one JSON document a line: headings, tables, items of
// lists, other text, links and everything that a page of ours does not have, all as a reader of the page sees it.
import { readFileSync } from 'node:fs'
import MarkdownIt from 'markdown-it'

const md = new MarkdownIt({ html: true, linkify: true })
md.linkify.set({ fuzzyLink: false }) // GitHub makes no link of a bare "example.com"

const plain = new Set(['inline', 'heading_open', 'paragraph_open', 'bullet_list_open', 'list_item_open', 'table_open', 'thead_open',
  'tbody_open', 'tr_open', 'th_open', 'td_open'])
const plainInline = new Set(['text', 'text_special', 'code_inline', 'softbreak', 'hardbreak', 'link_open', 'link_close', 'strong_open',
  'strong_close', 'em_open', 'em_close'])

// shown is the text of inline tokens; links are collected on the way, and what is no text of ours.
function shown (tokens, page) {
  let text = ''
  let link = null
  for (const t of tokens) {
    if (!plainInline.has(t.type)) page.foreign.push(t.type)
    if (t.type === 'link_open') link = { text: '', destination: t.attrGet('href'), auto: t.info === 'auto' }
    if (t.type === 'link_close') {
      page.links.push(link)
      link = null
    }
    const s = t.type === 'softbreak' || t.type === 'hardbreak' ? '\n' : t.type === 'html_inline' || t.type === 'image' ? '' : t.content
    text += s
    if (link) link.text += s
  }
  return text.trim()
}

function read (file) {
  const page = { file, headings: [], tables: [], items: [], texts: [], links: [], foreign: [] }
  let at = { section: '', sub: '' }
  let open = ''
  let item = null // begun, and without text
  let row = null
  for (const t of md.parse(readFileSync(file, 'utf8'), {})) {
    if (t.nesting >= 0 && !plain.has(t.type)) page.foreign.push(t.type)
    switch (t.type) {
      case 'heading_open':
        open = t
        break
      case 'table_open':
        page.tables.push({ ...at, header: [], rows: [] })
        break
      case 'tr_open':
        row = []
        break
      case 'tr_close': {
        const table = page.tables.at(-1)
        if (table.header.length === 0) table.header = row
        else table.rows.push(row)
        row = null
        break
      }
      case 'list_item_open':
        item = { ...at, text: '', task: false, done: false }
        page.items.push(item)
        break
      case 'inline': {
        let text = shown(t.children, page)
        if (open) {
          const level = Number(open.tag.slice(1))
          page.headings.push({ level, text })
          if (level === 1) at = { section: '', sub: '' }
          if (level === 2) at = { section: text, sub: '' }
          if (level === 3) at = { ...at, sub: text }
          open = ''
        } else if (row) {
          row.push(text)
        } else if (item) {
          const box = /^\[([ xX])\]\s+/.exec(t.content)
          if (box) Object.assign(item, { task: true, done: box[1] !== ' ' })
          item.text = box ? text.slice(box[0].length) : text
          item = null
        } else {
          page.texts.push({ ...at, text })
        }
      }
    }
  }
  return page
}

for (const file of process.argv.slice(2)) console.log(JSON.stringify(read(file)))
