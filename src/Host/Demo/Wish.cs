namespace Relief.Flow.Host.Demo;

/// <summary>Who of the example county applies for what in a told story, and what of it is approved.</summary>
internal sealed record Wish
{
    private static readonly Wish Zhang = new()
    {
        Name = "张某某", Sex = "M", BirthDate = "1947-05-12", IdNumber = "999999194705120001", Village = "99990101", Category = "Dibao", Worker = "surveyor-qian",
        Items = new Dictionary<string, int>(), Asks = ("", ""), Approved = ("", "")
    };

    private static readonly Wish Wang = Zhang with
    {
        Name = "王某某", Sex = "F", BirthDate = "1968-08-02", IdNumber = "999999196808020002", Village = "99990102", Category = "Margin", Worker = "village-worker-2"
    };

    public required string Name { get; init; }

    public required string Sex { get; init; }

    public required string BirthDate { get; init; }

    public required string IdNumber { get; init; }

    public required string Village { get; init; }

    public required string Category { get; init; }

    /// <summary>The village's surveyor; the other one is the town's assistant.</summary>
    public required string Worker { get; init; }

    /// <summary>The codes of the items, each with the quantity a month that is approved.</summary>
    public required IReadOnlyDictionary<string, int> Items { get; init; }

    /// <summary>The pathway chosen by the reviewer; null to keep the one that was proposed.</summary>
    public string? Pathway { get; init; }

    /// <summary>Whether the applicant is alone, cannot move and needs help at once.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>The day of the application, a Monday.</summary>
    public DateOnly Begins { get; init; } = new(2026, 3, 16);

    /// <summary>What is told of the application, in Chinese and English.</summary>
    public required (string Chinese, string English) Asks { get; init; }

    /// <summary>What is told of the approval.</summary>
    public required (string Chinese, string English) Approved { get; init; }

    /// <summary>PW1 (SC-01).</summary>
    public static Wish HomeCare { get; } = Zhang with
    {
        Items = new Dictionary<string, int> { ["home-care"] = 16, ["cleaning"] = 4 },
        Asks = ("张某某(78岁,低保,独居)通过皖事通申请居家照料和清洁", "Zhang applies for home care and cleaning"),
        Approved = ("李某某审核通过:每月照料16小时、清洁4次;资金预留,转介示例社工中心甲", "Approved: 16 hours and 4 cleanings a month; money is reserved, the order goes to PV-A")
    };

    /// <summary>P29.</summary>
    public static Wish AtOnce { get; } = HomeCare with
    {
        IsUrgent = true, Items = new Dictionary<string, int> { ["home-care"] = 16 },
        Asks = ("张某某(78岁,独居)摔倒后不能自理,家属申请急难照料", "Zhang, alone, has fallen and cannot look after himself; help is asked for at once"),
        Approved = ("李某某审核通过:每月照料16小时,急难服务同日补齐手续", "Approved: 16 hours a month; what was given at once is regular from today")
    };

    /// <summary>P24: the last month of a year.</summary>
    public static Wish December { get; } = HomeCare with
    {
        Begins = new(2026, 11, 16), Items = new Dictionary<string, int> { ["home-care"] = 10 },
        Asks = ("张某某申请居家照料", "Zhang applies for home care"), Approved = ("审核通过:每月照料10小时", "Approved: 10 hours of care a month")
    };

    /// <summary>PW2 (SC-12).</summary>
    public static Wish Bed { get; } = Zhang with
    {
        Name = "冯某某", BirthDate = "1944-11-03", IdNumber = "999999194411030004", Village = "99990102", Category = "Tekun", Worker = "village-worker-2", Pathway = "M2",
        Items = new Dictionary<string, int> { ["bed-day"] = 30 },
        Asks = ("冯某某(特困,失能)申请机构照料", "Feng, in special hardship, applies for a bed in an institution"),
        Approved = ("乡镇审核后县级确认:每月30个床日", "Approved by the township and, above its limit, by the county: 30 bed days a month")
    };

    /// <summary>PW3 (SC-16).</summary>
    public static Wish Training { get; } = Wang with
    {
        Pathway = "M3", Items = new Dictionary<string, int> { ["job-training"] = 10 },
        Asks = ("王某某(低保边缘,残疾)申请就业技能培训", "Wang applies for a job training"), Approved = ("审核通过,转部门联动", "Approved for linkage with a department")
    };

    /// <summary>PW4 (SC-17).</summary>
    public static Wish Pairing { get; } = Zhang with
    {
        Pathway = "M4", Items = new Dictionary<string, int> { ["pairing"] = 1 },
        Asks = ("张某某申请结对帮扶", "Zhang asks to be paired with a party member"), Approved = ("审核通过,转党支部结对", "Approved; the party branch proposes a pair")
    };

    /// <summary>PW5 (SC-18).</summary>
    public static Wish Company { get; } = Wang with
    {
        Pathway = "M5", Items = new Dictionary<string, int> { ["integration"] = 8 },
        Asks = ("王某某申请社会融入服务", "Wang applies for help against isolation"), Approved = ("审核通过,红马夹团队接手", "Approved for a Red Vest team")
    };

    /// <summary>PW6; from November, so that the year's subsidy falls into the story.</summary>
    public static Wish Neighbours { get; } = Zhang with
    {
        Pathway = "M6", Items = new Dictionary<string, int> { ["neighbour-help"] = 8 }, Begins = new(2026, 11, 16),
        Asks = ("张某某申请邻里互助", "Zhang applies for help by neighbours"), Approved = ("审核通过:每月8次邻里互助", "Approved: 8 visits of neighbours a month")
    };

    /// <summary>PW7 (SC-26).</summary>
    public static Wish Coat { get; } = Wang with
    {
        Pathway = "M7", Items = new Dictionary<string, int> { ["charity-goods"] = 1 },
        Asks = ("王某某申请慈善物资", "Wang applies for goods from a charity"), Approved = ("审核通过,匹配慈善项目", "Approved; a charity's project is matched")
    };
}
