using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Tasks;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>The task inbox: what is mine, what I may take, one task with its form, and the verbs.</summary>
internal static class InboxPages
{
    private const int PerPage = 30;

    // What a form says beside its file.
    private const int FormOverhead = 64 * 1024;

    public static void MapInbox(this RouteGroupBuilder tasks)
    {
        tasks.MapGet("/", List);
        tasks.MapGet("/{id:guid}", Show);
        tasks.MapPost("/acting", ActFor);
        tasks.MapPost("/{id:guid}/{verb}", Do);
        tasks.MapPost("/{id:guid}/urge", Urge);
        tasks.MapPost("/{id:guid}/copies", Copy);
        tasks.MapPost("/{id:guid}/signers", Ask);
        tasks.MapPost("/{id:guid}/spare", Spare);
        tasks.MapPost("/{id:guid}/sign", Sign);
        tasks.MapPost("/{id:guid}/entrust", Entrust);
        tasks.MapPost("/{id:guid}/hand-back", HandBack);
        tasks.MapPost("/{id:guid}/return", Return);
        tasks.MapPost("/{id:guid}/withdraw", Withdraw);
        tasks.MapPost("/{id:guid}/attach", Attach).WithMetadata(new RequestSizeLimitAttribute(AttachmentsApi.LimitOf(tasks) + FormOverhead));
        tasks.MapPost("/{id:guid}/detach", Detach);
        tasks.MapGet("/{id:guid}/attachments/{attachment}", Open);
    }

    private static async Task<IResult> List(InboxDesk desk, HttpContext context, [AsParameters] AskedTasks asked)
    {
        var visitor = Doorway.VisitorOf(context);
        var stop = context.RequestAborted;
        var owner = await desk.Owner(visitor, stop);
        var (mine, free) = (await desk.Tasks.DeskCount(owner.Mine, stop), await desk.Tasks.DeskCount(owner.Free(asked.Role, asked.Unit), stop));
        var copies = await desk.Tasks.CopyCount(visitor.By, stop);
        var shows = asked.Show is "mine" or "open" or "copies" ? asked.Show : mine > 0 ? "mine" : "open";
        var page = ((asked.Number - 1) * PerPage, PerPage);
        return Doorway.Page<InboxPage>(context, new InboxModel
        {
            Asked = asked,
            Shows = shows,
            Copies = copies,
            Mine = mine,
            Free = free,
            PerPage = PerPage,
            OwnerName = owner.StaffName,
            Roles = owner.Posts is { } posts ? [.. posts.Select(post => post.Role)] : ReliefRoles.All,
            Rows = shows == "copies" ? await desk.Copied(page, visitor, stop) : await desk.Rows(shows == "mine" ? owner.Mine : owner.Free(asked.Role, asked.Unit), page, visitor, stop),
            Done = await Title(desk, context)
        });
    }

    private static async Task<IResult> Show(TaskViews views, InboxDesk desk, HttpContext context, Guid id)
    {
        var visitor = Doorway.VisitorOf(context);
        if (await views.Of(id, visitor, context.RequestAborted) is not { } view)
            return Doorway.Missing(context);

        var mayDo = (await desk.Owner(visitor, context.RequestAborted)).MayDo(view.Summary);
        return mayDo || await desk.Tasks.IsReader(id, visitor.By, context.RequestAborted)
            ? Doorway.Page<TaskPage>(context, view with { MayDo = mayDo, Done = await Title(desk, context) })
            : Doorway.Page<RefusedPage>(context, new RefusedModel("refused.title", "problem.task.notYours"), StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ActFor(HttpContext context, CancellationToken cancellationToken)
    {
        var person = (await context.Request.ReadFormAsync(cancellationToken))["person"].ToString().Trim();
        if (!Doorway.VisitorOf(context).MayActForPeople || person.Length > 0 && !Actor.StaffId().IsMatch(person))
            return Doorway.Page<RefusedPage>(context, new RefusedModel("refused.title", "refused.person"), StatusCodes.Status422UnprocessableEntity);

        if (person.Length == 0)
            context.Response.Cookies.Delete(Actor.Cookie, new CookieOptions { Path = Home(context) });
        else
            context.Response.Cookies.Append(Actor.Cookie, person, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = Sessions.Length, Path = Home(context) });
        return Doorway.Onwards(context, "tasks");
    }

    private static string Home(HttpContext context) => $"{context.Request.PathBase}/tasks";

    private static async Task<IResult> Do(TaskVerbs verbs, TaskViews views, InboxDesk desk, HttpContext context, Guid id, string verb)
    {
        var visitor = Doorway.VisitorOf(context);
        var stop = context.RequestAborted;
        if (!Enum.TryParse<TaskVerb>(verb, ignoreCase: true, out var asked) || await desk.Tasks.Find(id, stop) is not { } task)
            return Doorway.Missing(context);

        var owner = await desk.Owner(visitor, stop);
        var form = await context.Request.ReadFormAsync(stop);
        var typed = FilledFields.Typed(form);
        var deed = new TaskDeed(id, asked, visitor.By, form["to"].ToString().Trim() is { Length: > 0 } to ? to : null, form["outcome"].ToString(), FilledFields.Data(task.Form, typed));
        if (await verbs.Do(task, deed, owner, stop) is { } refused)
        {
            return await views.Of(id, visitor, stop) is { } view
                ? Doorway.Page<TaskPage>(context, view with { Refused = refused, Typed = typed, Outcome = deed.Outcome ?? "" }, StatusCodes.Status422UnprocessableEntity)
                : Doorway.Missing(context);
        }

        return asked switch
        {
            TaskVerb.Complete => Doorway.Onwards(context, await desk.Next(owner, stop) is { } next ? $"tasks/{next}?done={id}" : $"tasks?done={id}"),
            TaskVerb.Delegate => Doorway.Onwards(context, "tasks"),
            _ => Doorway.Onwards(context, $"tasks/{id}")
        };
    }

    private static async Task<IResult> Urge(NoteDesk notes, TaskViews views, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await Noted(views, context, id, await notes.Urge(id, form["note"], Doorway.VisitorOf(context).By, context.RequestAborted));
    }

    private static async Task<IResult> Copy(NoteDesk notes, TaskViews views, HttpContext context, Guid id)
    {
        var to = People((await context.Request.ReadFormAsync(context.RequestAborted))["to"]);
        return await Noted(views, context, id, await notes.Copy(id, to, Doorway.VisitorOf(context).By, context.RequestAborted));
    }

    private static async Task<IResult> Ask(SignerDesk signers, TaskViews views, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = new AskSigners(People(form["staff"]), Enum.TryParse<SigningMode>(form["mode"], out var mode) ? mode : null);
        return await Noted(views, context, id, await signers.Ask(id, asked, Doorway.VisitorOf(context).By, context.RequestAborted));
    }

    private static async Task<IResult> Spare(SignerDesk signers, TaskViews views, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await Noted(views, context, id, await signers.Spare(id, form["staff"].ToString(), Doorway.VisitorOf(context).By, context.RequestAborted));
    }

    private static async Task<IResult> Sign(SignerDesk signers, TaskViews views, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await Noted(views, context, id, await signers.Sign(id, new SignTask(form["agrees"] == "yes", form["note"]), Doorway.VisitorOf(context).By, context.RequestAborted));
    }

    private static async Task<IResult> Entrust(EntrustDesk entrusts, TaskViews views, InboxDesk desk, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var visitor = Doorway.VisitorOf(context);
        var owner = await desk.Owner(visitor, context.RequestAborted);
        return await Noted(views, context, id, await entrusts.Entrust(id, new EntrustTask(form["to"].ToString().Trim(), form["note"]), visitor.By, owner.Judged, context.RequestAborted));
    }

    private static async Task<IResult> HandBack(EntrustDesk entrusts, TaskViews views, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await Noted(views, context, id, await entrusts.HandBack(id, new HandBackTask(form["note"]), Doorway.VisitorOf(context).By, context.RequestAborted));
    }

    private static async Task<IResult> Return(ReturnDesk returns, TaskViews views, InboxDesk desk, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var visitor = Doorway.VisitorOf(context);
        var owner = await desk.Owner(visitor, context.RequestAborted);
        return await Noted(views, context, id, await returns.Return(id, new ReturnTask(form["to"], form["reason"]), visitor.By, owner.Judged, context.RequestAborted));
    }

    private static async Task<IResult> Withdraw(ReturnDesk returns, TaskViews views, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await Noted(views, context, id, await returns.Withdraw(id, new WithdrawTask(form["reason"]), Doorway.VisitorOf(context).By, context.RequestAborted));
    }

    // A file that was not chosen is told like one of the wrong kind.
    private static async Task<IResult> Attach(AttachmentDesk files, TaskViews views, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        using var content = new MemoryStream();
        if (form.Files.Count > 0)
            await form.Files[0].CopyToAsync(content, context.RequestAborted);
        var name = form["name"].ToString().Trim() is { Length: > 0 } given ? given : form.Files.Count > 0 ? Path.GetFileName(form.Files[0].FileName) : null;
        return await Noted(views, context, id, (await files.Add(id, name, content.ToArray(), Doorway.VisitorOf(context).By, context.RequestAborted)).Refused);
    }

    private static async Task<IResult> Detach(AttachmentDesk files, TaskViews views, HttpContext context, Guid id)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await Noted(views, context, id, await files.Remove(id, form["attachment"].ToString(), Doorway.VisitorOf(context).By, context.RequestAborted));
    }

    private static async Task<IResult> Open(AttachmentDesk files, HttpContext context, Guid id, string attachment) =>
        await files.Open(id, attachment, context.RequestAborted) is { } found ? AttachmentsApi.File(context, found) : Doorway.Missing(context);

    private static string[] People(string? typed) => (typed ?? "").Split([',', '，', ' ', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<IResult> Noted(TaskViews views, HttpContext context, Guid id, ProblemHttpResult? refused)
    {
        if (refused is null)
            return Doorway.Onwards(context, $"tasks/{id}");
        var code = refused.StatusCode == StatusCodes.Status422UnprocessableEntity && $"{refused.ProblemDetails.Extensions[Refusal.Code]}" == "request.invalid" ? "task.noteInvalid" : $"{refused.ProblemDetails.Extensions[Refusal.Code]}";
        return await views.Of(id, Doorway.VisitorOf(context), context.RequestAborted) is { } view
            ? Doorway.Page<TaskPage>(context, view with { Refused = new RefusedDeed(code) }, StatusCodes.Status422UnprocessableEntity)
            : Doorway.Missing(context);
    }

    private static async Task<string?> Title(InboxDesk desk, HttpContext context) =>
        Guid.TryParse(context.Request.Query["done"], out var done) && await desk.Tasks.Find(done, context.RequestAborted) is { Summary.State: TaskState.Completed } task ? task.Summary.Title : null;
}

/// <summary>Which tasks are asked for, as the address says.</summary>
public sealed record AskedTasks
{
    /// <summary><c>mine</c> or <c>open</c>; when absent what there is of the first, else the second.</summary>
    [FromQuery(Name = "show")] public string? Show { get; init; }

    [FromQuery(Name = "role")] public string? Role { get; init; }

    [FromQuery(Name = "unit")] public string? Unit { get; init; }

    [FromQuery(Name = "page")] public string? Page { get; init; }

    public int Number => Doorway.NumberOf(Page);

    /// <summary>The same, at another page.</summary>
    public string Query(string show, int page) => Doorway.Query(("show", show), ("role", Role), ("unit", Unit), Doorway.PageOf(page));
}

/// <summary>A desk.</summary>
public sealed record InboxModel
{
    public required AskedTasks Asked { get; init; }

    /// <summary><c>mine</c>, <c>open</c> or <c>copies</c>.</summary>
    public required string Shows { get; init; }

    /// <summary>How many others let them read.</summary>
    public required int Copies { get; init; }

    /// <summary>How many they have taken.</summary>
    public required int Mine { get; init; }

    /// <summary>How many they may take.</summary>
    public required int Free { get; init; }

    public required int PerPage { get; init; }

    /// <summary>The staff register's name of whose desk it is.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The roles to choose from.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<InboxRow> Rows { get; init; }

    /// <summary>The title of the task that was just completed.</summary>
    public string? Done { get; init; }

    public int Total => Shows switch { "mine" => Mine, "copies" => Copies, _ => Free };
}
