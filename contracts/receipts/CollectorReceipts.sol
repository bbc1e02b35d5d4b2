// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Claims} from "./Claims.sol";
import {EditionSlot} from "./EditionSlot.sol";
import {ICollectorReceipts} from "./ICollectorReceipts.sol";
import {IIssuers} from "./IIssuers.sol";
import {TokenIds} from "./TokenIds.sol";

/// @title Collector receipts
/// @notice The witness of limited editions: no owner, no proxy, no upgrade, no fee, no burn. A token is the mark that
/// the serial of a piece was claimed by whoever opened its sealed key.
contract CollectorReceipts is ICollectorReceipts, Claims, IERC2981, IERC4906 {
    uint256 private constant WHOLE_BPS = 10_000;

    constructor() ERC721("Touchmark Receipts", "TOUCHMARK") EIP712("Touchmark", "1") {}

    /// @inheritdoc IIssuers
    function setMetadataBase(string calldata base) external {
        _metadataBases[msg.sender] = base;
        emit MetadataBaseSet(msg.sender, base);
        uint256 first = TokenIds.idOf(msg.sender, 0, 0);
        emit BatchMetadataUpdate(first, first | type(uint96).max);
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(uint256 tokenId, uint256 salePrice) external view returns (address, uint256) {
        EditionSlot edition = _editions[TokenIds.editionKeyOf(tokenId)];
        uint256 royaltyBps = edition.royaltyBps();
        // Divided first, so that no price can overflow; the remainder is below one basis point of 10,000 wei.
        uint256 whole = (salePrice / WHOLE_BPS) * royaltyBps;
        return (edition.payout(), whole + ((salePrice % WHOLE_BPS) * royaltyBps) / WHOLE_BPS);
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        string memory base = _metadataBases[TokenIds.issuerOf(tokenId)];
        return bytes(base).length == 0 ? "" : string.concat(base, Strings.toString(tokenId));
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        // ERC-4906 is announced by its number: its interface has events only.
        return
            interfaceId == type(IERC2981).interfaceId ||
            interfaceId == bytes4(0x49064906) ||
            super.supportsInterface(interfaceId);
    }
}
