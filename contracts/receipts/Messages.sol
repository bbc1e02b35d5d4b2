// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IClaims} from "./IClaims.sol";
import {TokenIds} from "./TokenIds.sol";

/// @title Signed messages
/// @notice Struct hashes of the EIP-712 messages that the contract checks, and who signed one.
/// @dev Plain ECDSA on purpose: what a key signed must not change when code appears at its address.
library Messages {
    bytes32 private constant ANCHOR = keccak256(
        "Anchor(address issuer,uint64 edition,uint32 firstSerial,uint32 count,bytes32 root)"
    );
    bytes32 private constant COSIGNED_ANCHOR = keccak256(
        "CosignedAnchor(address issuer,uint64 edition,uint32 firstSerial,uint32 count,bytes32 root,uint32 cosignUntil)"
    );
    bytes32 internal constant CLAIM = keccak256(
        "Claim(address issuer,uint64 edition,uint32 serial,address recipient,uint64 deadline)"
    );
    bytes32 internal constant CO_SIGN = keccak256(
        "CoSign(address issuer,uint64 edition,uint32 serial,address recipient,uint64 deadline)"
    );

    /// @dev Half the order of the curve: a signature has one form, the one with the lower s.
    uint256 private constant HIGHEST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @notice Hash of an `Anchor`; `firstTokenId` is issuer, edition and first serial.
    /// @dev Written above the free memory without taking it, as the others: copying costs more than hashing.
    function anchorHash(
        uint256 firstTokenId,
        uint32 count,
        bytes32 root
    ) internal pure returns (bytes32 structHash) {
        bytes32 typeHash = ANCHOR;
        assembly ("memory-safe") {
            let message := mload(0x40)
            mstore(message, typeHash)
            mstore(add(message, 0x20), shr(96, firstTokenId))
            mstore(add(message, 0x40), and(shr(32, firstTokenId), 0xffffffffffffffff))
            mstore(add(message, 0x60), and(firstTokenId, 0xffffffff))
            mstore(add(message, 0x80), and(count, 0xffffffff))
            mstore(add(message, 0xa0), root)
            structHash := keccak256(message, 0xc0)
        }
    }

    /// @notice Hash of a `CosignedAnchor`.
    function cosignedAnchorHash(
        uint256 firstTokenId,
        uint32 count,
        bytes32 root,
        uint32 cosignUntil
    ) internal pure returns (bytes32) {
        address issuer = TokenIds.issuerOf(firstTokenId);
        uint64 edition = TokenIds.editionOf(firstTokenId);
        uint32 firstSerial = TokenIds.serialOf(firstTokenId);
        return keccak256(abi.encode(COSIGNED_ANCHOR, issuer, edition, firstSerial, count, root, cosignUntil));
    }

    /// @notice Hash of a `Claim` or `CoSign`, which differ in `typeHash` only.
    /// @dev Their five fields are the first five words of a request, in this order. The caller has read each of them,
    /// so none has stray bits.
    function claimHash(
        bytes32 typeHash,
        IClaims.ClaimRequest calldata request
    ) internal pure returns (bytes32 structHash) {
        assembly ("memory-safe") {
            let message := mload(0x40)
            mstore(message, typeHash)
            calldatacopy(add(message, 0x20), request, 0xa0)
            structHash := keccak256(message, 0xc0)
        }
    }

    /// @notice The key that signed, or zero when the signature is not 65 bytes of ECDSA with a low s.
    function recover(bytes32 digest, bytes calldata signature) internal pure returns (address) {
        if (signature.length != 65) return address(0);
        bytes32 r;
        bytes32 s;
        uint8 v;
        assembly ("memory-safe") {
            r := calldataload(signature.offset)
            s := calldataload(add(signature.offset, 0x20))
            v := byte(0, calldataload(add(signature.offset, 0x40)))
        }
        return uint256(s) > HIGHEST_S ? address(0) : ecrecover(digest, v, r, s);
    }

    /// @notice The key that signed in the compact form of ERC-2098, or zero when s is not low.
    function recoverCompact(bytes32 digest, bytes32 r, bytes32 vs) internal pure returns (address) {
        uint256 s = uint256(vs) & (type(uint256).max >> 1);
        if (s > HIGHEST_S) return address(0);
        return ecrecover(digest, uint8(uint256(vs) >> 255) + 27, r, bytes32(s));
    }
}
