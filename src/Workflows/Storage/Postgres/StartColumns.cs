namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>The columns of a group of starts: the requests, and beside each what its first burst decided, if that came with it.</summary>
internal static class StartColumns
{
    public static Dictionary<string, Value> Of(IReadOnlyList<PostgresStart.Candidate> group)
    {
        var columns = Requests(new Columns<NewInstance>([.. group.Select(candidate => candidate.Instance)]));
        AddFirst(columns, new Columns<BurstCommit?>([.. group.Select(candidate => candidate.Instance.First)]));
        columns["correlations"] = Value.Of(group.Select(candidate => candidate.Instance.First?.CorrelationId ?? candidate.Instance.CorrelationId));
        columns["passes"] = new Columns<PostgresStart.Candidate>(group).Bool(candidate => candidate.PassesHalt);
        columns["lease"] = Value.Of(Database.Lease);
        return columns;
    }

    private static Dictionary<string, Value> Requests(Columns<NewInstance> of) => new()
    {
        ["ids"] = of.Uuid(row => row.Id),
        ["definition_ids"] = of.Text(row => row.DefinitionId),
        ["versions"] = of.Int(row => row.DefinitionVersion),
        ["version_ids"] = of.Text(row => row.DefinitionVersionId),
        ["business_keys"] = of.Text(row => row.BusinessKey),
        ["subjects"] = of.Text(row => row.SubjectId),
        ["parents"] = of.Uuid(row => row.Parent?.InstanceId),
        ["parent_bookmarks"] = of.Uuid(row => row.Parent?.BookmarkId),
        ["started_by"] = of.Text(row => row.StartedBy),
        // The start as mail; a first burst has read it already.
        ["inputs"] = of.Json(row => row.First is null ? Value.Raw(row.Input) : null),
        ["scopes"] = of.Text(row => row.Key?.Scope),
        ["keys"] = of.Text(row => row.Key?.Key),
        ["hashes"] = of.Text(row => row.Key?.RequestHash),
        ["answer_statuses"] = of.Int(row => row.Answer?.Status),
        ["answer_bodies"] = of.Text(row => row.Answer?.Body),
        ["nodes"] = of.Int(row => row.ClaimFor)
    };

    private static void AddFirst(Dictionary<string, Value> columns, Columns<BurstCommit?> of)
    {
        columns["statuses"] = of.Small(first => (int?)first?.Status);
        columns["names"] = of.Text(first => first?.Name);
        columns["heads"] = of.Bytes(first => first?.Hash);
        columns["incidents"] = of.Int(first => first?.Incidents);
        columns["fault_codes"] = of.Text(first => first?.Fault?.Code);
        columns["fault_messages"] = of.Text(first => first?.Fault?.Message);
        columns["fault_activities"] = of.Text(first => first?.Fault?.ActivityId);
        columns["fault_sigs"] = of.Big(first => first?.Fault?.Signature);
        columns["wait_kinds"] = of.Small(first => (int?)first?.Waits?.Kind);
        columns["wait_activities"] = of.Text(first => first?.Waits?.ActivityId);
        columns["wait_sinces"] = of.Time(first => first?.Waits?.Since);
        columns["wait_dues"] = of.Time(first => first?.Waits?.Due);
        columns["ats"] = of.Time(first => first?.At);
        columns["states"] = of.Bytes(first => first?.State);
        columns["journals"] = of.Bytes(first => first?.Journal);
        columns["keeps"] = of.Bool(first => first?.KeepClaim ?? false);
    }
}
