package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// partitions are the partition columns that are understood.
type partitions struct {
	account, region  string // columns
	date             Column
	layout           string // of date, as package time has it
	year, month, day Column
	unused           []string
}

// add recognizes a column by its name and type.
func (p *partitions) add(c Column) {
	name := strings.ToLower(strings.ReplaceAll(c.Name, "_", ""))
	switch {
	case slices.Contains([]string{"account", "accountid", "awsaccount", "awsaccountid"}, name) && isText(c.Type):
		p.account = c.Name
	case slices.Contains([]string{"region", "awsregion"}, name) && isText(c.Type):
		p.region = c.Name
	case name == "year":
		p.year = c
	case name == "month":
		p.month = c
	case name == "day" && layoutOf(c) == "":
		p.day = c
	case slices.Contains([]string{"timestamp", "date", "dt", "day", "eventdate"}, name) && layoutOf(c) != "":
		p.date, p.layout = c, layoutOf(c)
	default:
		p.unused = append(p.unused, c.Name)
	}
}

// layoutOf returns how a column writes a day, "" if that is unknown.
func layoutOf(c Column) string {
	if c.Type == "date" {
		return time.DateOnly
	}
	if !isText(c.Type) {
		return ""
	}
	for layout, pattern := range map[string]string{
		"2006/01/02": "yyyy/MM/dd", time.DateOnly: "yyyy-MM-dd", "20060102": "yyyyMMdd",
	} {
		if _, err := time.Parse(layout, c.Sample); err == nil || c.Sample == pattern {
			return layout
		}
	}
	if strings.EqualFold(c.Name, "timestamp") && c.Sample == "" { // as AWS's documentation names it
		return "2006/01/02"
	}
	return ""
}

// maxListed is how many values a condition lists: Athena takes no more of an injected
// column. What has no room is read here.
const maxListed = 1000

// conditions selects the partitions of a part, as far as its objects tell theirs.
func (p *partitions) conditions(o *Objects) (conditions []string) {
	if p.account != "" && len(o.Accounts) > 0 {
		conditions = append(conditions, identifier(p.account)+" IN "+list(o.Accounts[:min(len(o.Accounts), maxListed)]))
	}
	if p.region != "" && len(o.Regions) > 0 {
		conditions = append(conditions, identifier(p.region)+" IN "+list(o.Regions[:min(len(o.Regions), maxListed)]))
	}
	if len(o.Days) == 0 {
		return conditions
	}
	first, last := o.Days[0], o.Days[len(o.Days)-1]
	switch {
	case p.layout != "":
		conditions = append(conditions, fmt.Sprintf("%s BETWEEN %s AND %s",
			identifier(p.date.Name), p.dayLiteral(first), p.dayLiteral(last)))
	case p.year.Name != "" && len(o.Days) <= maxListed:
		conditions = append(conditions, p.months(o.Days))
	}
	return conditions
}

func (p *partitions) dayLiteral(day time.Time) string {
	text := literal(day.Format(p.layout))
	if p.date.Type == "date" {
		return "DATE " + text
	}
	return text
}

// months selects days by the columns year, month and day, as far as there are such.
func (p *partitions) months(days []time.Time) string {
	var parts []string
	for _, day := range days {
		part := number(p.year, day.Year())
		if p.month.Name != "" {
			part += " AND " + number(p.month, int(day.Month()))
			if p.day.Name != "" {
				part += " AND " + number(p.day, day.Day())
			}
		}
		if part = "(" + part + ")"; !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return either(parts...)
}

// number compares a column with a number, which a column of texts has with two digits.
func number(c Column, n int) string {
	if isText(c.Type) {
		return identifier(c.Name) + " = " + literal(fmt.Sprintf("%02d", n))
	}
	return identifier(c.Name) + " = " + strconv.Itoa(n)
}
