namespace Relief.Flow.Activities.Notices;

/// <summary>A name as it may stand in public: the surname and 某某, whatever the given name is and however long.</summary>
public static class MaskedName
{
    private static readonly HashSet<string> DoubleSurnames = new(StringComparer.Ordinal)
    {
        "欧阳", "上官", "司马", "诸葛", "司徒", "慕容", "皇甫", "尉迟", "公孙", "令狐", "东方", "南宫", "夏侯", "端木", "百里", "呼延", "独孤", "长孙", "宇文", "轩辕"
    };

    /// <summary>The masked name.</summary>
    public static string Of(string name)
    {
        var full = name.Trim();
        var length = full.Length > 2 && DoubleSurnames.Contains(full[..2]) ? 2 : 1;
        return full[..Math.Min(length, full.Length)] + "某某";
    }
}
