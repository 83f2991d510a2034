package rows

// IsPresigned says whether the URL of the request was signed in advance, as far as the
// record shows.
func (t *Table) IsPresigned(r *Row) bool {
	return t.Text(t.calls.list[r.call].text[placeOfAuthentication]) == "QueryString"
}

// IsFromInstance says whether the credentials came from the metadata of an EC2 instance,
// as far as the record shows.
func (t *Table) IsFromInstance(r *Row) bool {
	return t.Text(t.credentials.list[r.credentials].text[placeOfDelivery]) != ""
}
