package pseudonym

import (
	"net/netip"
	"strconv"
	"strings"

	"trail403/ingest/pattern"
)

// region is the grammar of the names of Regions. A wider one would let names of people stay,
// such as my-product-1.
const region = `[a-z]{2,4}(?:-(?:gov|iso[a-z]?|[a-z]{2}))?-(?:central|(?:north|south)(?:east|west)?|east|west)-\d`

// literals are parts that AWS chose, and that say what kind of thing a name is. They stay.
var literals = pattern.New(`^(?:` +
	`arn:aws(?:-[a-z]+){0,3}:iam::aws:policy/[A-Za-z0-9/_-]+|` +
	`aws-service-role/[a-z0-9.-]+\.amazonaws\.com/|` +
	`AWSServiceRoleFor[A-Za-z0-9]+|` +
	`aws-reserved/sso\.amazonaws\.com/(?:` + region + `/)?|` +
	`AWSReservedSSO_|` +
	`AWSCompromisedKeyQuarantine(?:V\d)?|` +
	`(?:service|resource)_control_policy/|` +
	`https?://|` +
	// The end of the name of a host of S3.
	`(?:accesspoint\.)?s3(?:-(?:fips|website|control|accesspoint|object-lambda|outposts|global|external-1|` + region +
	`))*(?:\.(?:dualstack|vpce|` + region + `))*\.amazonaws\.com(?:\.cn)?(?:$|[^A-Za-z0-9._-])` +
	`)`)

// suffixes end the names of directory buckets, access points and their aliases.
var suffixes = pattern.New(`^(--[a-z]{3,5}\d(?:-[a-z]{3}\d)?-az\d--x-s3|--x-s3|-s3alias|--ol-s3|--op-s3|--table-s3|` +
	`\.mrap)(?:$|[^A-Za-z0-9._-])`)

var (
	arnStart  = pattern.New(`^arn:(aws(?:-[a-z]+){0,3}):([a-z0-9-]*):([a-z0-9-]*):([A-Za-z0-9*?${}:.]*?):`)
	isRegion  = pattern.New(`^` + region + `$`)
	isService = pattern.New(`^(?:` + services + `)$`)
	// arnType is what kind of thing the resource of an ARN is.
	arnType = pattern.New(`^(?:user|role|group|policy|assumed-role|federated-user|instance-profile|root|` +
		`key|alias|` +
		`accesspoint|access-grants|grant|location|default|object|bucket|outpost|storage-lens|job|oidc-provider|` +
		`saml-provider|service_control_policy|resource_control_policy|account|ou|organization|function|trail|` +
		`vpc-endpoint|vpc|instance|table|database|catalog|workgroup|distribution|log-group|secret|` +
		`table-bucket|vector-bucket)(?:$|[/:\s"'*])`)
	uniqueID   = pattern.New(`^(?:A[BCGIKNPRS][A-Z]A)([A-Z0-9]{12,124})(?:$|[^A-Za-z0-9])`)
	resourceID = pattern.New(`^(?:vpce|vpc|vpce-svc|eni|i|sg|subnet|igw|nat|vol|ami|snap|lt|rtb|acl|eipalloc)-` +
		`([0-9a-f]{8,17})(?:$|[^A-Za-z0-9])`)
	orgID = pattern.New(`^(?:o|r|ou|p)-([a-z0-9]{4,32})(?:$|[^A-Za-z0-9])`)
	uuid  = pattern.New(`^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?:$|[^A-Za-z0-9])`)
	ipv4  = pattern.New(`^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(/\d{1,2})?(?:$|[^A-Za-z0-9.])`)
)

// arn replaces the start of an ARN up to its resource, and the type of the resource. It
// returns how many bytes that was, or 0.
func (n *Names) arn(out *strings.Builder, s string) int {
	m := arnStart.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	service, place, account := m[2], m[3], m[4]
	if service != "" && !isService.MatchString(service) {
		service = n.plainWords(service)
	}
	if place != "" && !isRegion.MatchString(place) && place != "global" {
		place = n.plainWords(place)
	}
	if account != "aws" {
		account = n.plainWords(account)
	}
	out.WriteString("arn:" + m[1] + ":" + service + ":" + place + ":" + account + ":")
	size := len(m[0])
	if !strings.HasPrefix(service, "s3") || m[4] != "" {
		if t := arnType.FindString(s[size:]); t != "" {
			t = strings.TrimRight(t, "/: \t\n\r\"'*")
			out.WriteString(t)
			size += len(t)
		}
	}
	return size
}

// id replaces an id that AWS made. It returns how many bytes that was, or 0.
func (n *Names) id(out *strings.Builder, s string) int {
	kinds := []struct {
		is *pattern.Pattern
		of alphabet
	}{{uniqueID, 0}, {resourceID, hex}, {orgID, 0}}
	for _, k := range kinds {
		if m := k.is.FindStringSubmatchIndex(s); m != nil {
			out.WriteString(s[:m[2]] + n.word(s[m[2]:m[3]], k.of, true))
			return m[3]
		}
	}
	if uuid.MatchString(s) {
		plain := n.word(strings.ReplaceAll(s[:36], "-", ""), hex, true)
		out.WriteString(strings.Join([]string{plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]}, "-"))
		return 36
	}
	return 0
}

// address replaces an IPv4 address, byte by byte, so that networks of 8, 16 and 24 bits hold
// the same addresses as before. It returns how many bytes it took, or 0.
func (n *Names) address(out *strings.Builder, s string) int {
	m := ipv4.FindStringSubmatchIndex(s)
	if m == nil {
		return 0
	}
	var parts []string
	before := ""
	for i := 2; i < 10; i += 2 {
		text := s[m[i]:m[i+1]]
		v, err := strconv.Atoi(text)
		if err != nil || v > 255 || strconv.Itoa(v) != text {
			return 0
		}
		parts = append(parts, n.octet(before, v))
		before += text + "."
	}
	out.WriteString(strings.Join(parts, "."))
	if m[10] < 0 {
		return m[9]
	}
	out.WriteString(s[m[10]:m[11]]) // the bits of a network
	return m[11]
}

// octet replaces a part of an address by one of as many digits.
func (n *Names) octet(before string, v int) string {
	from, size := 0, 10
	switch {
	case v > 99:
		from, size = 100, 156
	case v > 9:
		from, size = 10, 90
	}
	by := n.shift("octet", []byte(before), size-1) + 1
	return strconv.Itoa(from + (v-from+by)%size)
}

// network replaces a value that is an IPv6 address or network, and keeps those that stand
// for every address.
func (n *Names) network(s string) (string, bool) {
	if s == "0.0.0.0/0" || s == "::/0" {
		return s, true
	}
	text, bits, _ := strings.Cut(s, "/")
	if a, err := netip.ParseAddr(text); err != nil || !a.Is6() || a.Zone() != "" {
		return "", false
	}
	parts := strings.Split(text, ":")
	for i, p := range parts {
		var tail strings.Builder
		if n.address(&tail, p) > 0 {
			parts[i] = tail.String()
		} else if p != "" {
			parts[i] = n.word(p, hex, false)
		}
	}
	if bits != "" {
		bits = "/" + bits
	}
	return strings.Join(parts, ":") + bits, true
}
