package jiratest

import (
	"fmt"
	"strings"
	"unicode"
)

// clause is one comparison: field, operator and the texts it compares with.
type clause struct {
	field, op string
	values    []string
}

// expression is what a JQL text says.
type expression struct {
	clauses []clause
	order   string // "" or "key"
	down    bool
}

// jqlParser reads: clause { AND clause } [ ORDER BY key [ASC|DESC] ].
type jqlParser struct {
	tokens []string // quoted ones begin with a quotation mark
	at     int
}

// parseJQL reads the part of JQL that the package knows; errors are in Jira's words.
func parseJQL(text string) (expression, error) {
	tokens, err := jqlTokens(text)
	if err != nil {
		return expression{}, err
	}
	p := &jqlParser{tokens: tokens}
	var e expression
	if p.peek() == "" || p.word("ORDER") {
		return e, fmt.Errorf("Unbounded JQL queries are not allowed here. Please add a search restriction to your query.") //nolint:staticcheck // Jira's words
	}
	for {
		c, err := p.clause()
		if err != nil {
			return e, err
		}
		e.clauses = append(e.clauses, c)
		if !p.word("AND") {
			break
		}
		p.at++
	}
	return e, p.order(&e)
}

func (p *jqlParser) peek() string {
	if p.at >= len(p.tokens) {
		return ""
	}
	return p.tokens[p.at]
}

func (p *jqlParser) word(w string) bool { return strings.EqualFold(p.peek(), w) }

func (p *jqlParser) next() string {
	t := p.peek()
	p.at++
	return t
}

func (p *jqlParser) unexpected() error {
	if p.peek() == "" {
		return fmt.Errorf("error in the JQL Query: the query ended before it was complete")
	}
	return fmt.Errorf("error in the JQL Query: Expecting something else but got '%s'", p.peek())
}

func (p *jqlParser) clause() (clause, error) {
	field := p.next()
	if field == "" || strings.ContainsAny(field[:1], "=!<>(),") {
		p.at--
		return clause{}, p.unexpected()
	}
	c := clause{field: strings.ToLower(unquote(field))}
	switch {
	case p.word("in"):
		p.at++
		c.op = "in"
		return p.list(c)
	case p.word("not"):
		p.at++
		if !p.word("in") {
			return c, p.unexpected()
		}
		p.at++
		c.op = "not in"
		return p.list(c)
	}
	switch op := p.peek(); op {
	case "=", "!=", ">=", "<=":
		p.at++
		c.op = op
	default:
		return c, p.unexpected()
	}
	v, err := p.value()
	c.values = []string{v}
	return c, err
}

func (p *jqlParser) value() (string, error) {
	v := p.peek()
	if v == "" || strings.ContainsAny(v[:1], "=!<>(),") {
		return "", p.unexpected()
	}
	p.at++
	if p.peek() == "(" {
		return "", fmt.Errorf("error in the JQL Query: the function '%s' is not known here", v)
	}
	return unquote(v), nil
}

// quotedLen is the length of the quoted text that begins s, 0 if it does not end.
func quotedLen(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case s[0]:
			return i + 1
		}
	}
	return 0
}

func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' && s[0] != '\'' {
		return s
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\'`, `'`, `\n`, "\n", `\r`, "\r").Replace(s[1 : len(s)-1])
}

func (p *jqlParser) list(c clause) (clause, error) {
	if p.next() != "(" {
		p.at--
		return c, p.unexpected()
	}
	for {
		v, err := p.value()
		if err != nil {
			return c, err
		}
		c.values = append(c.values, v)
		switch p.next() {
		case ")":
			return c, nil
		case ",":
		default:
			p.at--
			return c, p.unexpected()
		}
	}
}

func (p *jqlParser) order(e *expression) error {
	if p.word("ORDER") {
		p.at++
		if !p.word("BY") {
			return p.unexpected()
		}
		p.at++
		if !p.word("key") {
			return p.unexpected()
		}
		p.at++
		e.order, e.down = "key", p.word("DESC")
		if p.word("ASC") || p.word("DESC") {
			p.at++
		}
	}
	if p.peek() != "" {
		return p.unexpected()
	}
	return nil
}

// jqlTokens cuts the text into words, quoted texts, operators and punctuation.
func jqlTokens(text string) ([]string, error) {
	var tokens []string
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		n := 1
		switch c := text[0]; {
		case c == '"' || c == '\'':
			if n = quotedLen(text); n == 0 {
				return nil, fmt.Errorf("error in the JQL Query: The quoted string '%s' has not been completed", text[1:])
			}
		case strings.HasPrefix(text, "!="), strings.HasPrefix(text, ">="), strings.HasPrefix(text, "<="):
			n = 2
		case strings.ContainsRune("=!<>(),", rune(c)):
		default:
			if n = strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`=!<>(),"'`, r) }); n < 0 {
				n = len(text)
			}
		}
		tokens = append(tokens, text[:n])
		text = text[n:]
	}
	return tokens, nil
}
