"""What is only told by names: objects nobody knows that fetch; what is set after it was made; tasks for later."""

from __future__ import annotations

import pytest

from tests.flow.stories import PYTHON, TYPESCRIPT, check, handlers


def test_something_unknown_that_fetches_is_given_an_address() -> None:
    check(
        """
        @mcp.tool()
        async def page(url: str) -> str:
            crawler = await get_crawler()
            found = await crawler.arun(url=url, depth=1)
            #                              ^^^ url → url
            return found.text

        @mcp.tool()
        async def read(url: str) -> str:
            return await services.session.get(url)
            #                                 ^^^ url → url
        """
    )


def test_an_address_is_a_key_of_what_keeps_pages() -> None:
    check(
        """
        @mcp.tool()
        async def page(url: str) -> str:
            logger.info("reading", url=url)
            return services.cache.get(url) or services.pages.load(url=url)
        """
    )


def test_a_field_that_another_method_sets() -> None:
    check(
        """
        import subprocess

        class Box:
            def __init__(self):
                self.connection = None

            def connect(self):
                self.connection = open_one()

        box = Box()

        @mcp.tool()
        def run(command: str) -> str:
            if not box.connection:
                raise ValueError("not connected")
            return subprocess.run(command, shell=True)
            #                     ^^^^^^^ command → shell
        """
    )


def test_a_task_for_after_the_answer() -> None:
    check(
        """
        import httpx
        from fastapi import BackgroundTasks

        async def tell(address: str) -> None:
            async with httpx.AsyncClient() as client:
                await client.post(address)
                #                 ^^^^^^^ callback → url

        @mcp.tool()
        async def job(callback: str) -> str:
            tasks = BackgroundTasks()
            tasks.add_task(tell, callback)
            return "later"
        """
    )


def test_a_statement_behind_its_name() -> None:
    check(
        """
        @mcp.tool()
        def ask(query: str) -> str:
            return athena.start_query_execution(QueryString=query, WorkGroup="notes")
            #                                               ^^^^^ query → sql
        """
    )


def test_an_answer_about_a_choice_decides_like_the_choice() -> None:
    check(
        """
        import httpx

        def known(url: str) -> bool:
            if LAST.url == url:
                return True
            return False

        @mcp.tool()
        def page(url: str) -> str:
            if known(url):
                print("once more")
            return httpx.get(url).text
            #                ^^^ url → url
        """
    )


@pytest.mark.parametrize(
    ("call", "sent"),
    [
        ("client.upload(file_path)", True),
        ("bucket.files.upload(local_path=file_path)", True),
        ("api.media_upload(filepath, title)", True),
        ("page.attachFile(filePath)", True),
        ("wiki.upload_to(file_path, title)", True),
        ("client.upload(content)", False),
        ("client.upload(remote_path)", False),
        ("bucket.upload(content, target_path=file_path)", False),
        ("client.notes.find(file_path)", False),
        ("uploaded.add(file_path)", False),
    ],
)
def test_something_unknown_that_sends_a_file(call: str, sent: bool) -> None:
    names = "file_path: str, filepath: str, filePath: str, remote_path: str, content: str, title: str"
    head = PYTHON + "from lib import client, bucket, api, page, wiki, uploaded\n\n@mcp.tool()\n"
    (told,) = handlers(f"{head}def send({names}) -> str:\n    {call}\n")
    assert [flow.sink.kind for flow in told.flows] == ["path-read"] * sent
    schema = ", ".join(f"{name.partition(':')[0]}: z.string()" for name in names.split(", "))
    taken = ", ".join(name.partition(":")[0] for name in names.split(", "))
    text = f'import {{ client, bucket, api, page, wiki, uploaded }} from "lib";\n{TYPESCRIPT}server.tool("send", '
    text += f"{{ {schema} }}, async ({{ {taken} }}) => {{ await {call}; return {{}}; }});\n"
    if "=" not in call:
        (told,) = handlers(text, "typescript")
        assert [flow.sink.kind for flow in told.flows] == ["path-read"] * sent


def test_a_function_of_the_project_is_read_whatever_it_is_called() -> None:
    check(
        """
        class Wiki:
            def upload(self, file_path: str) -> str:
                return self.name + file_path

        wiki = Wiki()

        @mcp.tool()
        def send(file_path: str) -> str:
            return wiki.upload(file_path)
        """
    )
