package schemagen

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
)

// comments are the doc comments of packages, read when they are asked for: of a type under its name, of a field under
// type and field.
type comments struct {
	root string
	read map[string]map[string]string
}

// of returns the comment on a type of the package in a folder, or on a field of it, as one line of plain text.
func (c *comments) of(folder, typ, field string) (string, error) {
	texts, ok := c.read[folder]
	if !ok {
		var err error
		if texts, err = readComments(filepath.Join(c.root, filepath.FromSlash(folder))); err != nil {
			return "", err
		}
		if c.read == nil {
			c.read = map[string]map[string]string{}
		}
		c.read[folder] = texts
	}
	if field != "" {
		return texts[typ+"."+field], nil
	}
	if texts[typ] == "" {
		return "", fmt.Errorf("%s.%s has no doc comment", folder, typ)
	}
	return texts[typ], nil
}

func readComments(folder string) (map[string]string, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, f.Name()), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range file.Decls {
			if decl, ok := d.(*ast.GenDecl); ok && decl.Tok == token.TYPE {
				collect(texts, decl)
			}
		}
	}
	return texts, nil
}

func collect(texts map[string]string, decl *ast.GenDecl) {
	for _, s := range decl.Specs {
		spec := s.(*ast.TypeSpec)
		doc := spec.Doc
		if doc == nil && len(decl.Specs) == 1 {
			doc = decl.Doc
		}
		texts[spec.Name.Name] = plain(doc)
		fields, ok := spec.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range fields.Fields.List {
			text := plain(f.Doc)
			if text == "" {
				text = plain(f.Comment)
			}
			for _, name := range f.Names {
				texts[spec.Name.Name+"."+name.Name] = text
			}
		}
	}
}

// plain returns the first paragraph of a comment in one line, its links as the names that they show.
func plain(group *ast.CommentGroup) string {
	if group == nil {
		return ""
	}
	links := comment.Parser{ // every name in brackets is one, wherever it is declared
		LookupPackage: func(name string) (string, bool) { return name, true },
		LookupSym:     func(string, string) bool { return true },
	}
	doc := links.Parse(group.Text())
	printer := comment.Printer{TextWidth: -1}
	for _, block := range doc.Content {
		if p, ok := block.(*comment.Paragraph); ok {
			return strings.TrimSpace(string(printer.Text(&comment.Doc{Content: []comment.Block{p}})))
		}
	}
	return ""
}

// jsonName is the key of a field.
func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}
