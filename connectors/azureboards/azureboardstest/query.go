package azureboardstest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// query is what a WIQL text says.
type query struct {
	where func(Item) bool
	asOf  time.Time
}

// begin is how every query of the connector begins.
var begin = []string{"SELECT", "[System.Id]", "FROM", "WorkItems", "WHERE"}

// parser reads WIQL, one token after the other.
type parser struct {
	tokens []string // quoted ones begin with a quotation mark
	at     int
}

// parseWIQL reads the part of WIQL that the package knows.
func parseWIQL(text string) (query, error) {
	tokens, err := tokenize(text)
	if err != nil {
		return query{}, err
	}
	p := &parser{tokens: tokens}
	for _, word := range begin {
		if !p.take(word) {
			return query{}, p.unexpected(word)
		}
	}
	var q query
	if q.where, err = p.expression(); err != nil {
		return q, err
	}
	if p.take("ORDER") {
		if !p.take("BY") || !p.take("[System.Id]") {
			return q, p.unexpected("BY [System.Id]")
		}
	}
	if p.take("ASOF") {
		if q.asOf, err = time.Parse(time.RFC3339, unquote(p.next())); err != nil {
			return q, fmt.Errorf("the date of ASOF cannot be read")
		}
	}
	if p.peek() != "" {
		return q, p.unexpected("the end")
	}
	return q, nil
}

func (p *parser) peek() string {
	if p.at >= len(p.tokens) {
		return ""
	}
	return p.tokens[p.at]
}

func (p *parser) next() string {
	t := p.peek()
	p.at++
	return t
}

func (p *parser) take(word string) bool {
	if !strings.EqualFold(p.peek(), word) {
		return false
	}
	p.at++
	return true
}

func (p *parser) unexpected(want string) error {
	return fmt.Errorf("expecting %s, the error is caused by «%s»", want, p.peek())
}

// expression reads: conjunction { OR conjunction }.
func (p *parser) expression() (func(Item) bool, error) {
	return p.joined("OR", p.conjunction, func(a, b bool) bool { return a || b })
}

func (p *parser) conjunction() (func(Item) bool, error) {
	return p.joined("AND", p.term, func(a, b bool) bool { return a && b })
}

func (p *parser) joined(word string, part func() (func(Item) bool, error), join func(a, b bool) bool) (func(Item) bool, error) {
	left, err := part()
	for err == nil && p.take(word) {
		var right func(Item) bool
		if right, err = part(); err == nil {
			before := left
			left = func(i Item) bool { return join(before(i), right(i)) }
		}
	}
	return left, err
}

// term reads a group or one comparison.
func (p *parser) term() (func(Item) bool, error) {
	if p.take("(") {
		inner, err := p.expression()
		if err == nil && !p.take(")") {
			err = p.unexpected(")")
		}
		return inner, err
	}
	name := p.next()
	field, ok := fieldsOf[strings.ToLower(name)]
	if !ok {
		return nil, fmt.Errorf("TF51005: the query references a field that does not exist: %s", name)
	}
	op := strings.ToUpper(p.next())
	values, err := p.values(op)
	if err != nil {
		return nil, err
	}
	compare, ok := operators[op]
	if !ok {
		return nil, fmt.Errorf("the operator %q is not known here", op)
	}
	return func(i Item) bool {
		return slices.ContainsFunc(values, func(v string) bool { return compare(field(i), v) })
	}, nil
}

func (p *parser) values(op string) ([]string, error) {
	if op != "IN" {
		v := p.next()
		if v == "" || strings.ContainsAny(v[:1], "=<>(),[") {
			return nil, p.unexpected("a value")
		}
		return []string{unquote(v)}, nil
	}
	if !p.take("(") {
		return nil, p.unexpected("(")
	}
	var all []string
	for {
		all = append(all, unquote(p.next()))
		switch {
		case p.take(","):
		case p.take(")"):
			return all, nil
		default:
			return nil, p.unexpected(")")
		}
	}
}

// fieldsOf are the fields that can be compared.
var fieldsOf = map[string]func(Item) string{
	"[system.id]":                      func(i Item) string { return strconv.FormatInt(i.ID, 10) },
	"[system.teamproject]":             func(Item) string { return "@project" },
	"[system.title]":                   func(i Item) string { return i.Title },
	"[system.workitemtype]":            func(i Item) string { return i.Type },
	"[system.state]":                   func(i Item) string { return i.State },
	"[system.areapath]":                func(i Item) string { return i.Area },
	"[system.iterationpath]":           func(i Item) string { return i.Iteration },
	"[system.tags]":                    func(i Item) string { return strings.Join(i.Tags, ";") },
	"[system.assignedto]":              func(i Item) string { return i.Assigned },
	"[microsoft.vsts.common.severity]": func(i Item) string { return i.Severity },
	"[microsoft.vsts.common.priority]": func(i Item) string { return strconv.Itoa(i.Priority) },
}

var operators = map[string]func(have, want string) bool{
	"=":  strings.EqualFold,
	"<>": func(have, want string) bool { return !strings.EqualFold(have, want) },
	"IN": strings.EqualFold,
	">":  func(have, want string) bool { return numeric(have) > numeric(want) },
	">=": func(have, want string) bool { return numeric(have) >= numeric(want) },
	"UNDER": func(have, want string) bool {
		return strings.EqualFold(have, want) || strings.HasPrefix(strings.ToLower(have), strings.ToLower(want)+`\`)
	},
	"CONTAINS": func(have, want string) bool {
		return slices.ContainsFunc(strings.Split(have, ";"), func(tag string) bool { return strings.EqualFold(tag, want) })
	},
}

func numeric(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64) // 0 is below every id
	return n
}

func unquote(s string) string {
	if len(s) < 2 || s[0] != '\'' && s[0] != '"' {
		return s
	}
	return strings.ReplaceAll(s[1:len(s)-1], s[:1]+s[:1], s[:1])
}

// tokenize cuts the text into words, quoted texts, fields in brackets, operators
// and punctuation.
func tokenize(text string) ([]string, error) {
	var tokens []string
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		n := 1
		switch c := text[0]; {
		case c == '\'' || c == '"':
			if n = quotedLen(text); n == 0 {
				return nil, fmt.Errorf("a text in quotation marks does not end")
			}
		case c == '[':
			if n = strings.IndexByte(text, ']') + 1; n == 0 {
				return nil, fmt.Errorf("a field in brackets does not end")
			}
		case strings.HasPrefix(text, "<>"), strings.HasPrefix(text, ">="), strings.HasPrefix(text, "<="):
			n = 2
		case strings.ContainsRune("=<>(),", rune(c)):
		default:
			if n = strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`=<>(),'"[`, r) }); n < 0 {
				n = len(text)
			}
		}
		tokens = append(tokens, text[:n])
		text = text[n:]
	}
	return tokens, nil
}

// quotedLen is the length of the quoted text that begins s, 0 if it does not
// end. A quotation mark in it is doubled.
func quotedLen(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i] != s[0] {
			continue
		}
		if i+1 < len(s) && s[i+1] == s[0] {
			i++
			continue
		}
		return i + 1
	}
	return 0
}
